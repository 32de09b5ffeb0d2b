import { describe, expect, it } from 'vitest'
import { expectAccessible, type Person } from './harness.ts'
import { useStage } from './stage.ts'

const stage = useStage()

/** A busy machine takes its time; nothing waits for it to pass. */
const patient = { timeout: 15_000 }

const write = async ({ page }: Person, text: string): Promise<void> => {
  await page.getByRole('textbox', { name: '消息', exact: true }).fill(text)
  await page.keyboard.press('Enter')
}
/** The texts of a conversation as they stand on the screen. */
const bubbles = ({ page }: Person): Promise<string[]> => page.locator('[role=log] li[data-seq] p.whitespace-pre-wrap').allTextContents()

describe('two people who talk', () => {
  it('lose nothing and get nothing twice, also when one goes offline and comes back', async () => {
    const [buyer, provider] = await Promise.all([stage.people.signUp(stage.system, { username: 'qinghe', displayName: '青禾茶业' }), stage.people.signUp(stage.system, { username: 'shiguang', displayName: '拾光品牌设计', kind: 'studio', roles: ['provider'] })])
    const conversationId = await stage.people.talk(stage.system, buyer.userId, provider.userId)
    const [ann, bo] = [await stage.open('buyer', buyer.cookie), await stage.open('provider', provider.cookie, { device: 'phone' })]
    await Promise.all([ann.page.goto(`/messages/${conversationId}`), bo.page.goto('/messages')])
    await bo.page.getByRole('link', { name: /青禾茶业/ }).click()

    await write(ann, '三款礼盒加一起预算两万以内')
    await expect.poll(() => bubbles(bo), patient).toEqual(['三款礼盒加一起预算两万以内'])
    await ann.page.getByText('已读').waitFor()
    await bo.page.getByRole('textbox', { name: '消息', exact: true }).pressSequentially('可以')
    await ann.page.getByText('拾光品牌设计正在输入').waitFor()
    await bo.page.keyboard.press('Enter')
    await expect.poll(() => bubbles(ann), patient).toEqual(['三款礼盒加一起预算两万以内', '可以'])

    await bo.context.setOffline(true)
    for (let i = 1; i <= 3; i++) await write(ann, `在线 ${i}`)
    for (let i = 1; i <= 2; i++) await write(bo, `离线 ${i}`)
    await bo.page.getByText('网络断开，2 条消息会在恢复后自动发送。').waitFor()
    await expect.poll(() => bubbles(ann), patient).toHaveLength(5)
    await bo.context.setOffline(false)

    const all = ['三款礼盒加一起预算两万以内', '可以', '在线 1', '在线 2', '在线 3', '离线 1', '离线 2']
    await expect.poll(() => bubbles(ann), patient).toEqual(all)
    await expect.poll(() => bubbles(bo), patient).toEqual(all)
    await bo.page.reload()
    await expect.poll(() => bubbles(bo), patient).toEqual(all)
    // The browser itself notes that the line was down.
    expect([...ann.errors, ...bo.errors].filter(error => !error.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
    await ann.close()
    await bo.close()
  })

  it('see unread counts that fall when they read, pictures large, and what a screen reader needs', async () => {
    const [buyer, provider] = await Promise.all([stage.people.signUp(stage.system, { displayName: '顾南' }), stage.people.signUp(stage.system, { displayName: '木白影棚', kind: 'studio', roles: ['provider'] })])
    const conversationId = await stage.people.talk(stage.system, buyer.userId, provider.userId)
    const [ann, bo] = [await stage.open('buyer', buyer.cookie), await stage.open('provider', provider.cookie)]
    await bo.page.goto(`/messages/${conversationId}`)
    await ann.page.goto('/messages')
    await write(bo, '样片在这里')
    await bo.page.locator('input[type=file][accept="image/*"]').setInputFiles({ name: '样片.png', mimeType: 'image/png', buffer: await bo.page.screenshot() })
    await bo.page.getByRole('button', { name: '移除 样片.png' }).waitFor()
    await bo.page.getByRole('button', { name: '发送' }).click()

    const entry = ann.page.getByRole('link', { name: /木白影棚/ })
    await entry.getByText('2 条未读').waitFor({ state: 'attached' })
    await expectAccessible(ann.page)
    await entry.click()
    await entry.getByText('条未读').waitFor({ state: 'detached' })
    await ann.page.getByRole('button', { name: '图片：样片.png' }).click()
    await ann.page.getByRole('dialog').getByRole('img', { name: '图片：样片.png' }).waitFor()
    await ann.page.keyboard.press('Escape')
    await expectAccessible(ann.page)
    expect([...ann.errors, ...bo.errors]).toEqual([])
    await ann.close()
    await bo.close()
  })
})
