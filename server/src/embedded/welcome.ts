import { buyers, demoPassword, providers, staff } from '../demo/content/people/index.ts'
import { box, table } from './terminal.ts'

/** The first thing a visitor sees: where it runs, and as whom to sign in. */
export function welcome(url: string, { demo }: { demo: boolean }): string {
  const head = ['秒单 Miaodan', '', ...table([['打开 Open', url]])]
  return box(demo ? [...head, '', ...demoSignIns()] : head)
}

const staffTitles = { moderator: '审核员 Moderator', arbitrator: '仲裁员 Arbitrator', finance: '财务 Finance', support: '客服 Support', owner: '管理员 Owner' }

function demoSignIns(): string[] {
  const rows = [
    ['买家 Buyer', buyers[0]],
    ['服务商 Provider', providers[0]],
    ...staff.map(person => [staffTitles[person.role], person] as const),
  ] as const
  const lines = table(rows.flatMap(([role, person]) => (person ? [[role, person.username, person.displayName]] : [])))
  return ['演示账号 Demo sign-ins', ...lines, '', `密码 Password   ${demoPassword}`]
}
