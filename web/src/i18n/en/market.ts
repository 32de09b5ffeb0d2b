import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/market.ts'

export default {
  title: 'Services',
  titleFor: '“{text}”',
  search: 'Search services',
  count: '{count} service | {count} services',
  filter: 'Filters',
  filterCount: 'Filters, {count} active',
  applied: 'Active filters',
  remove: 'Remove {condition}',
  clear: 'Clear all',
  show: 'Show {count} result | Show {count} results',
  corrected: 'Nothing was found as typed. These are results for “{text}”.',
  exactly: 'Search for “{text}” instead',
  relaxed: 'Few match everything, so partial matches are listed too.',
  range: '{first}–{last} of {total}',
  atLeast: '{price} and up',
  atMost: 'up to {price}',
  within: 'Within {count} day | Within {count} days',
  ratedAtLeast: '{rating} and above',
  sortLabel: 'Sort',
  sort: { relevance: 'Best match', sales: 'Most ordered', rating: 'Highest rated', price_up: 'Price, low first', price_down: 'Price, high first', newest: 'Newest' },
  facets: {
    category: 'Category', price: 'Price', provider: 'Provider', kind: 'Kind', delivery: 'Delivery', rating: 'Rating', area: 'Area served',
    online: 'Online now', verified: 'Identity verified',
    more: '{count} more', fewer: 'Show fewer', find: 'Find in the list',
    histogram: 'Price distribution', priceRange: 'Price range', minPrice: 'Lowest price', maxPrice: 'Highest price', lowest: 'Any', highest: 'Any',
  },
  nudge: {
    title: 'Rather not browse?', text: 'Say what you need and let the right person come to you.', firstMatch: 'Median time to first match: {time}.',
    placeholder: 'A logo for a neighbourhood bakery, something warm, about 1,500', label: 'What you need', post: 'Post it and get quotes',
  },
  empty: {
    conditions: 'No service meets this condition | No service meets all {count} conditions',
    text: 'No service found for “{text}”',
    nothing: 'Nothing here right now',
    smallest: 'Small changes that would help:',
    without: 'Without “{condition}”',
    otherConditions: 'all filters but the category',
    post: 'Post this as a request', postNote: 'Your filters carry over; whoever can do it sends a quote',
  },
} satisfies Messages<typeof zh>
