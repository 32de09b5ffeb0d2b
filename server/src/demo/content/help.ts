import type { DemoHelpArticle } from './types.ts'

export const helpArticles: DemoHelpArticle[] = [
  {
    slug: 'escrow', title: { zh: '托管是怎么保护我的钱的？', en: 'How does escrow protect my money?' },
    summary: { zh: '付款后钱由平台托管，验收后才放给服务商。', en: 'The platform holds your payment until you accept the work.' },
    body: {
      zh: '您付款后，钱进入这个里程碑自己的托管账户，服务商看得到“托管中”，但拿不到。\n\n您验收，或交付满 7 天没有操作，钱才放给服务商。\n\n- 每个里程碑单独托管，一个有争议不影响其他\n- 订单页点任何一笔金额，都能看到它在谁手里、为什么、到什么时候\n- 请不要在平台外付款：不经托管的钱，我们没有办法帮您追回',
      en: 'Your payment goes into the escrow of one milestone. The provider sees that it is held but cannot touch it.\n\nIt is released when you accept, or when 7 days pass after the last delivery.\n\n- Each milestone has its own escrow; a dispute about one does not stop the others\n- Open any amount on the order page to see who holds it, why, and until when\n- Do not pay outside the platform: we cannot recover that money',
    },
  },
  {
    slug: 'fees', title: { zh: '平台服务费是多少，谁来付？', en: 'What is the platform fee and who pays it?' },
    summary: { zh: '默认 8%，放款时从服务商收入里扣，费率下单时锁定。', en: '8 % by default, taken from the provider on release, frozen on the order.' },
    body: {
      zh: '平台服务费默认是订单金额的 8%，放款时从服务商的收入中扣除。需求方付的就是页面上的价格，不另加费用。\n\n例：¥6,800.00 的订单，放款时服务费 ¥544.00，服务商到手 ¥6,256.00。\n\n- 费率在订单成立时锁定，之后调整不影响这一单\n- 退款时，对应部分的服务费不收取',
      en: 'The fee is 8 % of the price by default and is taken from the provider’s income on release. Buyers pay the price shown and nothing on top.\n\nExample: of ¥6,800.00 the fee is ¥544.00 and the provider receives ¥6,256.00.\n\n- The rate is frozen when the order is made\n- No fee is taken on the part that is refunded',
    },
  },
  {
    slug: 'three-ways', title: { zh: '秒单、报价、直接下单，选哪一种？', en: 'Instant, quotes or direct: which one?' },
    summary: { zh: '急用秒单，要比较用报价，已经看中就直接下单。', en: 'Instant for speed, quotes to compare, direct when you have chosen.' },
    body: {
      zh: '**秒单**：价格固定，先付款进托管，分批派给合适的服务商，第一个接的人得到。没有人接会自动退款。\n\n**报价**：写清需求和预算，服务商来报价，您可以还价，接受后订单成立再付款。报价 72 小时有效。\n\n**直接下单**：在服务页选套餐、加购项，填好表单直接付款。服务商 24 小时内不接单，自动全额退款。',
      en: '**Instant**: a fixed price, funded first and offered to matched providers in waves; the first to take it has it. If nobody does, you are refunded at once.\n\n**Quotes**: describe the work and your budget, compare quotes, counter if you like, pay after accepting. A quote is good for 72 hours.\n\n**Direct**: choose a package and add-ons on a service page, fill in the form and pay. If the provider does not accept within 24 hours you are refunded in full.',
    },
  },
  {
    slug: 'acceptance', title: { zh: '自动验收是怎么回事？', en: 'What is automatic acceptance?' },
    summary: { zh: '最后一次交付满 7 天没有操作，系统自动验收并放款。', en: 'Seven days after the last delivery without an answer, the milestone is accepted.' },
    body: {
      zh: '服务商交付后，您有 7 天对照验收清单检查。到期没有操作，系统自动验收并放款。\n\n- 到期前 3 天、1 天各提醒一次\n- 来不及看，可以延长一次，加 7 天\n- 要求修改后，服务商再次交付会重新计 7 天；修改次数以套餐或报价为准',
      en: 'After a delivery you have 7 days to check it against the acceptance checklist. Without an answer the milestone is accepted and the money released.\n\n- Reminders come 3 days and 1 day before\n- You may extend once, by 7 days\n- A new delivery after a revision starts the 7 days again; the number of revisions is part of the package or quote',
    },
  },
  {
    slug: 'refunds', title: { zh: '什么情况可以退款？', en: 'When can I get a refund?' },
    summary: { zh: '未接单和重复付款立即退；其他情况先协商，再仲裁。', en: 'At once if nobody accepted or you paid twice; otherwise by agreement or arbitration.' },
    body: {
      zh: '这些情况系统立即退款：服务商婉拒或 24 小时未接单、秒单没有人接、同一笔重复付款。\n\n其他情况请在结算期结束前提出退款申请，写明金额和理由。服务商可以同意、还价或拒绝；服务商 3 天不回应，按您的申请退。\n\n谈不拢时由仲裁员看双方证据后裁决，可以部分退款。退款原路返回。',
      en: 'You are refunded at once when the provider declines or does not accept within 24 hours, when nobody takes an instant requirement, or when you paid twice.\n\nOtherwise ask before clearing ends, naming the amount and the reason. The provider may agree, counter or refuse; 3 days of silence from the provider decides for you.\n\nIf you cannot agree, an arbitrator decides on the evidence of both and may split the amount. Money goes back the way it came.',
    },
  },
  {
    slug: 'payouts', title: { zh: '放款后多久可以提现？', en: 'When can I withdraw released money?' },
    summary: { zh: '放款后结算期 3 天，之后进入可用余额。', en: 'Clearing takes 3 days, then the money is available.' },
    body: {
      zh: '需求方验收后，扣除服务费的金额进入“结算中”，3 天后变成“可用”，可以提现。\n\n- 钱包里写着每一笔的到账日期\n- 提现需要再次确认身份\n- 银行退回的提现会回到余额，并写明原因，例如户名与实名不一致',
      en: 'After acceptance the net amount is clearing for 3 days and then available.\n\n- Your wallet shows the date of every amount\n- A payout asks you to confirm who you are\n- A payout returned by the bank goes back to your balance with the reason, such as a name that does not match',
    },
  },
  {
    slug: 'vouchers', title: { zh: '支付凭证和发票怎么拿？', en: 'How do I get vouchers and invoices?' },
    summary: { zh: '支付凭证随时下载；服务发票由服务商开具。', en: 'Vouchers can be downloaded at any time; providers issue the invoices for their work.' },
    body: {
      zh: '每次付款成功后，在订单页“单据”里可以下载支付凭证（PDF），写明金额、时间和去向。\n\n服务的发票由服务商开给您。下单时填写发票抬头和税号，常用抬头可以保存。平台服务费的发票由平台开给服务商。\n\n支付凭证不是发票，不能代替发票入账。',
      en: 'After each payment a voucher (PDF) is under “Paperwork” on the order page, with the amount, the time and where the money went.\n\nThe invoice for the work comes from the provider. Enter your invoice title and tax number when ordering; they can be saved. The platform invoices its fee to the provider.\n\nA voucher is not an invoice and does not replace one.',
    },
  },
  {
    slug: 'safety', title: { zh: '怎样安全交易？', en: 'How do I deal safely?' },
    summary: { zh: '在平台内沟通和付款，写清清单，保留交付物。', en: 'Talk and pay here, agree a checklist, keep the deliverables.' },
    body: {
      zh: '- 付款前请在平台内沟通，有人要求私下转账请举报\n- 把“要有什么”逐条写进验收清单，验收时照着看\n- 服务商请看到“托管中”再开工\n- 客服不会向您要密码和验证码\n- 打开二次验证，新设备登录时您会收到提醒',
      en: '- Talk on the platform before paying; report anyone who asks for a private transfer\n- Write what you need into the acceptance checklist, line by line\n- Providers: start when you see the money is held\n- Support never asks for your password or codes\n- Turn on the second factor; you will be warned of sign-ins from new devices',
    },
  },
]
