/** What every page needs, in one file to load. Features bring their own (see ../index.ts). */
import common from '../zh-CN/common.ts'
import money from '../zh-CN/money.ts'
import shell from '../zh-CN/shell.ts'
import ui from '../zh-CN/ui.ts'

export default { common, money, shell, ui }
