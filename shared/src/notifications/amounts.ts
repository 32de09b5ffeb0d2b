/** What an amount in a notice is, and where that money is now: a figure alone explains nothing. */
type Words = { label: string, note: string }

export const AMOUNT_MEANINGS = {
  held: {
    zh: { label: '托管中', note: '钱在平台托管，验收之后才放给服务商。' },
    en: { label: 'In escrow', note: 'The platform holds it. The provider gets it only after acceptance.' } },
  due: {
    zh: { label: '待付', note: '付款后先进平台托管，验收之后才放给服务商。' },
    en: { label: 'To pay', note: 'It goes into escrow first, and to the provider only after acceptance.' } },
  returned: {
    zh: { label: '退回', note: '按付款时的方式原路退回，到账时间由支付渠道决定。' },
    en: { label: 'Refund', note: 'It goes back the way it was paid; how soon it arrives is up to the payment network.' } },
  earned: {
    zh: { label: '到手', note: '已经扣除平台服务费。结算期过后可以提现。' },
    en: { label: 'Yours', note: 'The platform fee is already taken off. It can be paid out once clearing has ended.' } },
  available: {
    zh: { label: '可用余额', note: '已经在你的余额里，可以提现，也可以用来付款。' },
    en: { label: 'In your balance', note: 'You can pay it out or pay with it.' } },
  paid_out: {
    zh: { label: '已提现', note: '已经转到你的收款账户，入账时间以银行为准。' },
    en: { label: 'Paid out', note: 'It was sent to your payout account; when it shows there is up to the bank.' } },
  released: {
    zh: { label: '放款', note: '从托管放给服务商。有问题可以在结算期内申请退款。' },
    en: { label: 'Released', note: 'From escrow to the provider. You can still ask for a refund until clearing ends.' } },
  asked: {
    zh: { label: '申请退款', note: '这是申请的金额。答复、到期或裁决之前，钱不动。' },
    en: { label: 'Refund asked', note: 'This is what was asked for. No money moves before there is an answer, the time is over, or a ruling is made.' } },
  ruled: {
    zh: { label: '退给买家', note: '裁决退给买家的金额；其余放给服务商。' },
    en: { label: 'To the buyer', note: 'What the ruling gives back to the buyer; the rest goes to the provider.' } },
  price: {
    zh: { label: '价格', note: '谈妥并付款之前，不会产生任何费用。' },
    en: { label: 'Price', note: 'Nothing is charged before both sides agree and the buyer pays.' } },
} as const satisfies Record<string, { zh: Words, en: Words }>
export type AmountMeaning = keyof typeof AMOUNT_MEANINGS
