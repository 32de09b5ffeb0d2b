import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/reviews.ts'

export default {
  title: 'Reviews',
  attitude: 'Attitude', skill: 'Skill', quality: 'Quality of delivery',
  aboutBuyer: { attitude: 'Communication', skill: 'Clear brief', quality: 'Cooperation' },
  short: { attitude: 'Attitude', skill: 'Skill', quality: 'Quality' },
  shortAboutBuyer: { attitude: 'Communication', skill: 'Clarity', quality: 'Cooperation' },
  basis: '{count} review, from completed orders only | {count} reviews, from completed orders only',
  stars: '{count} star | {count} stars',
  starCount: '{stars} stars: {count}',
  answer: 'Answer',
  answerPlaceholder: 'Answer this review in public, once',
  answerSend: 'Publish answer',
  answerOpen: 'Answer the review',
  empty: 'No reviews yet',
  emptyText: 'Both sides review each other when an order is complete. Only reviews of real deals appear here.',
  form: {
    title: 'Review this deal',
    note: 'Open until {closes}. Reviews appear once both sides have written theirs, or when time is up, so you can be honest.',
    choose: '{label}: {count} of 5 stars',
    text: 'How was it?', textHint: 'Public. What was good, what could be better',
    suggestion: 'A suggestion for them alone', suggestionHint: 'Not public: only the other side sees it',
    missing: 'Please rate “{label}”',
    submit: 'Submit review',
    sent: 'Your review is in. It appears when the other side has written, or after {closes}.',
    published: 'Both reviews are public.',
    closed: 'The review period is over. You did not review this deal.',
  },
  mine: 'Your review', theirs: 'Their review', theirsWaiting: 'They have written theirs. Nobody sees it until both are published.', theirsOpen: 'They have not written one yet.', theirsClosed: 'They did not review.',
  privateNote: 'Their private suggestion to you',
} satisfies Messages<typeof zh>
