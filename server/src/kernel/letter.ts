/**
 * An e-mail as text and as a page: what happened, the one figure it is about, the one thing to do, and why one gets it. Mail programs know little: tables, styles on the elements, no script, no picture that would have
 * to be fetched. Where a style sheet is understood there is a dark form. Whatever people wrote is escaped.
 */
export type Letter = {
  locale: 'zh-CN' | 'en'
  title: string
  body: string
  /** An amount and what it is; a code and how long it serves. */
  figure: { label: string, text: string, note: string, kind?: 'code' } | null
  button: { text: string, url: string } | null
  why: string
  links: readonly { text: string, url: string }[]
}

const LATIN = "'Segoe UI',Roboto,'Helvetica Neue',Arial"
const HAN = "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC'"
/** Quotation marks are as wide as the first font has them. */
const fontsOf = (locale: Letter['locale']): string => `font-family:-apple-system,BlinkMacSystemFont,${locale === 'en' ? `${LATIN},${HAN}` : `${HAN},${LATIN}`},sans-serif`
/** As in the web's palette; white on the button has 4.7:1. */
const DARK = `
  .ground{background:#18181b!important}.card{background:#27272a!important;border-color:#3f3f46!important}
  .strong{color:#fafafa!important}.text{color:#d4d4d8!important}.quiet{color:#a1a1aa!important}
  .amount{background:#18181b!important;border-color:#3f3f46!important}.brand{color:#ff7d4d!important}`

export const brandIn = (locale: Letter['locale']): string => (locale === 'en' ? 'Miaodan' : '秒单')

export function letterText({ body, figure, button, why, links }: Letter): string {
  const about = figure ? `${figure.label} ${figure.text}\n${figure.note}\n\n` : ''
  const act = button ? `${button.text}\n${button.url}\n\n` : ''
  return `${body}\n\n${about}${act}--\n${why}\n${links.map(link => `${link.text}\n${link.url}\n`).join('')}`
}

export function letterHtml({ locale, title, body, figure, button, why, links }: Letter): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(title)}</title>
<style>
  body{margin:0;padding:0;-webkit-text-size-adjust:100%}
  @media (prefers-color-scheme:dark){${DARK}}
  @media (max-width:480px){.outer{padding:16px 12px 24px!important}.card{padding:24px 20px!important}.button{display:block!important}}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#f4f4f5">
<div style="display:none;max-height:0;overflow:hidden">${escaped(body)}</div>
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f4f5">
<tr><td class="outer" align="center" style="padding:32px 16px 40px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;${fontsOf(locale)}">
<tr><td class="brand" style="padding:0 4px 14px;font-size:18px;line-height:24px;font-weight:700;color:#bb310b">${brandIn(locale)}</td></tr>
<tr><td class="card" style="padding:32px;background:#ffffff;border:1px solid #e4e4e7;border-radius:12px">
<h1 class="strong" style="margin:0;font-size:20px;line-height:30px;font-weight:600;color:#18181b">${escaped(title)}</h1>
<p class="text" style="margin:10px 0 0;font-size:15px;line-height:25px;color:#3f3f46;overflow-wrap:anywhere">${lines(body)}</p>
${figure ? figureHtml(figure) : ''}${button ? buttonHtml(button) : ''}</td></tr>
<tr><td class="quiet" style="padding:18px 4px 0;font-size:12px;line-height:20px;color:#52525b">${escaped(why)}<br>
${links.map(({ text, url }) => `<a class="quiet" href="${escaped(url)}" style="color:#52525b;text-decoration:underline">${escaped(text)}</a>`).join('&nbsp;&nbsp;·&nbsp;&nbsp;')}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`
}

/** A code is set apart sign by sign, and is copied as one word. */
function figureHtml({ label, text, note, kind }: NonNullable<Letter['figure']>): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:20px"><tr><td class="amount" style="padding:16px 18px;background:#fafafa;border:1px solid #e4e4e7;border-radius:10px">
<div class="quiet" style="font-size:13px;line-height:20px;color:#52525b">${escaped(label)}</div>
<div class="strong" style="font-size:${kind === 'code' ? '32px;line-height:44px;letter-spacing:6px' : '26px;line-height:36px'};font-weight:600;color:#18181b;font-variant-numeric:tabular-nums">${escaped(text)}</div>
<div class="quiet" style="margin-top:4px;font-size:13px;line-height:20px;color:#52525b">${escaped(note)}</div>
</td></tr></table>
`
}

function buttonHtml({ text, url }: NonNullable<Letter['button']>): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td style="padding-top:24px">
<a class="button" href="${escaped(url)}" style="display:inline-block;padding:12px 28px;border-radius:8px;background:#d23c0d;color:#ffffff;font-size:15px;line-height:22px;font-weight:600;text-align:center;text-decoration:none">${escaped(text)}</a>
</td></tr></table>
`
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, sign => ESCAPES[sign] ?? sign)
const lines = (text: string): string => escaped(text).replaceAll('\n', '<br>')
