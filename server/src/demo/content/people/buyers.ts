import type { DemoBuyer, DemoOrganization, DemoPerson } from '../types.ts'
import { yuan } from '../authoring.ts'

const person = (id: string, displayName: string, number: string): DemoPerson =>
  ({ id, username: id, displayName, phone: `1990000${number}`, email: `${id}@example.com` })

export const buyers: DemoBuyer[] = [
  { ...person('zhoumin', '周敏', '1001'), tradeName: '青禾茶业', city: '杭州', industry: '茶叶', organizationId: 'qinghe' },
  { ...person('luyao', '陆遥', '1002'), tradeName: '青禾茶业', city: '杭州', industry: '茶叶', organizationId: 'qinghe' },
  { ...person('fanglin', '方琳', '1003'), tradeName: '青禾茶业', city: '杭州', industry: '茶叶', organizationId: 'qinghe' },
  { ...person('heyuan', '何远', '1011'), tradeName: '鹿角面馆', city: '成都', industry: '餐饮', organizationId: 'lujiao' },
  { ...person('tangguo', '唐果', '1012'), tradeName: '鹿角面馆', city: '成都', industry: '餐饮', organizationId: 'lujiao' },
  { ...person('bailu', '白露', '1021'), tradeName: '听潮民宿', city: '厦门', industry: '民宿' },
  { ...person('zhenghang', '郑航', '1022'), tradeName: '南屿渔具', city: '威海', industry: '户外用品' },
  { ...person('wenqiao', '温乔', '1023'), tradeName: '半勺咖啡', city: '长沙', industry: '咖啡' },
  { ...person('wangke', '王珂', '1024'), tradeName: '拾级自习室', city: '郑州', industry: '教育' },
]

export const organizations: DemoOrganization[] = [
  {
    id: 'qinghe', name: '青禾茶业', nameEn: 'Qinghe Tea', city: '杭州', industry: '茶叶', invoiceTitle: '杭州青禾茶业有限公司',
    about: '龙坞的一家茶厂，三代人做龙井，近两年开始自己卖。12 个人，线上两家店，线下一间茶室。',
    members: [
      { personId: 'zhoumin', role: 'owner', title: '市场负责人' },
      { personId: 'luyao', role: 'purchaser', title: '采购' },
      { personId: 'fanglin', role: 'finance', title: '出纳' },
    ],
    purchaserLimitFen: yuan(5000),
  },
  {
    id: 'lujiao', name: '鹿角面馆', nameEn: 'Lujiao Noodles', city: '成都', industry: '餐饮', invoiceTitle: '成都鹿角餐饮管理有限公司',
    about: '成都 4 家直营小面馆，每天一早熬红油。正在把点单、会员和外卖包装统一起来。',
    members: [
      { personId: 'heyuan', role: 'owner', title: '老板' },
      { personId: 'tangguo', role: 'purchaser', title: '运营' },
    ],
    purchaserLimitFen: yuan(3000),
  },
]
