/** What every page needs, in one file to load. Features bring their own (see ../index.ts). */
import common from '../en/common.ts'
import money from '../en/money.ts'
import shell from '../en/shell.ts'
import ui from '../en/ui.ts'

export default { common, money, shell, ui }
