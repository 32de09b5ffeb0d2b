import type { Messages } from '../messages.ts'
import type zh from '../zh-CN/legal.ts'

export default {
  inForce: 'In force since {date}',
  updated: 'Changes are announced 7 days before. The version you agreed to is kept and shown in your account.',
  terms: {
    title: 'Terms of service',
    lead: 'Miaodan brings those who need something done together with those who can do it, holds the money for both, and releases it on acceptance. By using Miaodan you agree to the following.',
    sections: {
      account: { title: 'Your account', text: 'One account a person, with true information. You keep it safe and answer for what is done with it. If it is stolen, recover the password at once and tell our support.' },
      trade: { title: 'The deal', text: 'Buyer and provider deal with each other. Price, deliverables, time and acceptance checklist are those both confirmed with the order. The platform matches, holds the money and arbitrates; it is no party to the deal.' },
      escrow: { title: 'Escrow and release', text: 'What the buyer pays is held: the provider sees it but cannot touch it. It is released on acceptance, or by itself when the acceptance period of 7 days ends; the buyer may extend that once. It clears for 3 days and can then be paid out.' },
      fees: { title: 'Platform fee', text: 'Taken from the provider on release only, at the published rate of the category that held when the order was made. Refunded parts cost nothing.' },
      refunds: { title: 'Refunds and arbitration', text: 'Both sides may agree on a refund at any time. If they do not, the platform arbitrates; a split is possible, and one appeal. The checklist, the deliverables and the chat decide.' },
      conduct: { title: 'What is not allowed', text: 'Unlawful content, infringing on the rights of others, sham deals, paying around the platform, or disturbing it by technical means. Content may be taken down, orders frozen and accounts suspended.' },
      end: { title: 'Leaving', text: 'You may close your account at any time when no order is running and no money is left. Records of transactions are kept for at least 3 years, as the law asks.' },
    },
  },
  privacy: {
    title: 'Privacy policy',
    lead: 'We take only what is needed, keep it safe, and sell none of it.',
    sections: {
      collect: { title: 'What we collect', text: 'Your phone or e-mail, for signing in and for notices; what you write in your profile, requests, services and chats; orders and money; the devices you sign in from and partly hidden network addresses, to protect the account; name and document number when you ask to be verified.' },
      use: { title: 'What it is for', text: 'Carrying out deals, matching, telling you what happens, preventing fraud and settling disputes. Not for unrelated advertising, and not for sale.' },
      show: { title: 'What others see', text: 'Your name, picture, city, badge, provider page, and public requests and reviews. Nobody else sees your phone, e-mail or document numbers; even you see them partly hidden.' },
      keep: { title: 'How it is kept', text: 'Phone, e-mail, document and bank numbers are encrypted; of your password only a digest is kept that cannot be turned back. When staff look at a full document number, that is recorded. The data is on the servers of whoever runs this site.' },
      rights: { title: 'Your rights', text: 'You may see, correct, export and delete your information, withdraw consent, or close the account. Records the law asks for are deleted when their time is over.' },
      contact: { title: 'Contact', text: 'Questions? Reach us through the help centre; we usually answer within 7 days.' },
    },
  },
} satisfies Messages<typeof zh>
