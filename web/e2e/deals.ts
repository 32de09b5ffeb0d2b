/** Orders for journeys that are about what comes later: agreed on through the API, paid at the cashier by hand. */
import { randomUUID } from 'node:crypto'
import type { Person, System } from './harness.ts'
import { lookAt, payAtCashier } from './steps.ts'

type Someone = { userId: string, cookie: string }
export type Part = { title: string, yuan: number, checklist: string[] }

/** A provider's quote that the buyer has accepted; it waits for payment. Answers with the order's id. */
export async function agreeOnOrder(system: System, { buyer, provider }: { buyer: Someone, provider: Someone }, title: string, parts: readonly Part[]): Promise<string> {
  const milestones = parts.map(({ title, yuan, checklist }) => ({ title, price: { amount: String(yuan * 100), currency: 'CNY' }, days: 7, checklist }))
  const { id } = await post(system, provider, '/quotes', { buyerId: buyer.userId, title, terms: { message: '', revisions: 2, milestones } })
  const { orderId } = await post(system, buyer, `/quotes/${id}/accept`, { version: 1 })
  return orderId
}

/** Pays all that is due, and stands on the order's page afterwards. */
export async function payOrder(buyer: Person, orderId: string, amount: string): Promise<void> {
  const { page } = buyer
  await page.goto(`/orders/${orderId}/pay`)
  await payAtCashier(buyer, { channel: 'alipay', amount })
  await page.getByRole('heading', { name: '付款成功' }).waitFor()
  await page.getByRole('link', { name: '查看订单' }).click()
  await page.getByRole('region', { name: '里程碑与资金' }).waitFor()
}

/** The sum over all accounts, and every posting against the chain of its account. */
export async function expectBooksToBalance({ page }: Person): Promise<void> {
  await page.goto('/staff/ledger')
  await page.getByText('借贷平衡').waitFor()
  await page.getByRole('button', { name: '核对全部账目' }).click()
  await page.getByText(/笔过账都对得上/).waitFor()
  await lookAt(page, 'ledger')
}

async function post({ url }: System, { cookie }: Someone, path: string, body: unknown): Promise<{ id: string, orderId: string }> {
  const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { cookie: `md_session=${cookie}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return await answer.json() as { id: string, orderId: string }
}
