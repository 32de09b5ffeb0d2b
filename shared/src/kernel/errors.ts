import { defineErrors } from './problem.ts'

/** Failures that any endpoint can answer with. */
export const kernelErrors = defineErrors('kernel', {
  invalid_input: { status: 422, zh: '填写的内容有误，请看标出的地方。', en: 'Some of what was entered is not right. See the marked fields.' },
  malformed: { status: 400, zh: '请求的格式不对，无法读取。', en: 'The request could not be read.' },
  too_large: { status: 413, zh: '内容太大了，最多 {limit}。', en: 'This is too large. The limit is {limit}.' },
  unsupported_media_type: { status: 415, zh: '不支持这种内容格式。', en: 'This kind of content is not supported.' },
  not_found: { status: 404, zh: '没有找到，或者你无权查看。', en: 'Not found, or not yours to see.' },
  method_not_allowed: { status: 405, zh: '这个地址不支持这种请求。', en: 'This address does not take this kind of request.' },
  sign_in_required: { status: 401, zh: '请先登录。', en: 'Please sign in first.' },
  forbidden: { status: 403, zh: '你没有做这件事的权限。', en: 'You do not have permission to do this.' },
  foreign_origin: { status: 403, zh: '请求来自别的网站，已拒绝。', en: 'The request came from another site and was refused.' },
  rate_limited: { status: 429, zh: '操作太频繁了，请 {seconds} 秒后再试。', en: 'Too many requests. Try again in {seconds} seconds.' },
  conflict: { status: 409, zh: '情况刚刚变了，请刷新后再试。', en: 'Things have just changed. Reload and try again.' },
  illegal_transition: { status: 409, zh: '现在的状态不能做这一步，请刷新看看。', en: 'This step is not possible in the current state. Reload to see it.' },
  idempotency_key_required: { status: 400, zh: '这个请求需要 Idempotency-Key。', en: 'This request needs an Idempotency-Key header.' },
  idempotency_key_reused: { status: 422, zh: '同一个 Idempotency-Key 已用于另一份内容。', en: 'This Idempotency-Key was already used with other content.' },
  idempotency_in_progress: { status: 409, zh: '同一个请求正在处理，请稍候。', en: 'The same request is still being handled. Wait a moment.' },
  unavailable: { status: 503, zh: '服务暂时繁忙，请稍后再试。', en: 'The service is busy. Please try again shortly.' },
  maintenance: { status: 503, zh: '网站正在维护，暂时只能查看。{message}', en: 'The site is under maintenance: you can look at everything, but change nothing. {message}' },
  internal: { status: 500, zh: '出了点问题，我们已记录。请稍后再试，编号 {requestId}。', en: 'Something went wrong on our side and was recorded. Try again later. Reference {requestId}.' },
  upload_type_refused: { status: 415, zh: '不接受这种文件：内容是 {type}。', en: 'This kind of file is not accepted: its content is {type}.' },
  upload_type_mismatch: { status: 415, zh: '文件内容（{type}）和扩展名不一致，已拒绝。', en: 'The content of the file ({type}) does not match its name, so it was refused.' },
  upload_missing: { status: 422, zh: '文件不存在、已过期，或不是你上传的。', en: 'The file is missing, has expired, or was uploaded by somebody else.' },
})
