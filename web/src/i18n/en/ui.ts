import type zh from '../zh-CN/ui.ts'
import type { Messages } from '../messages.ts'

export default {
  online: 'Online',
  unread: '{count} unread',
  rating: '{rating} of 5, {count} review | {rating} of 5, {count} reviews',
  noRatings: 'No reviews yet',
  stars: 'Rated {rating}',
  dismiss: 'Dismiss',
  error: {
    title: 'This could not be loaded',
    moneySafe: 'Your money has not moved.',
    reference: 'Reference {code}',
  },
  empty: { filtered: 'Nothing matches these filters' },
  end: 'That’s all',
  loadedMore: '{count} more loaded',
  form: {
    summary: 'One thing needs your attention | {count} things need your attention',
  },
  upload: {
    choose: 'Choose files',
    drop: 'or drop them here',
    limits: '{types}, up to {size} each, at most {count}',
    anyType: 'Pictures, documents, audio, video, archives',
    progress: '{name}, {percent}% sent',
    failed: '{name} was not uploaded',
    tooLarge: '{name} is larger than {size}. Please make it smaller.',
    tooMany: 'At most {count} files; the others were left out.',
    wrongType: '{name} is not an accepted file type.',
    remove: 'Remove {name}',
    cancel: 'Cancel the upload of {name}',
    retry: 'Try again: upload {name}',
  },
  file: { download: 'Download {name}', open: 'Open {name}' },
  countdown: { over: 'Time is up' },
  asOf: 'As of {time}',
} satisfies Messages<typeof zh>
