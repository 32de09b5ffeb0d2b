/** Pictures for the demo, drawn from a few shapes in the palettes of the covers. */
import sharp from 'sharp'

type Colours = { bg: string, a: string, b: string, c: string, paper: string }

/** As in web/src/ui/art/palettes.ts. */
const CLAY: Colours = { bg: '#EBDFD0', a: '#C45A36', b: '#2E3A3C', c: '#E2AE48', paper: '#FBF7F0' }
const PALETTES: readonly Colours[] = [
  CLAY,
  { bg: '#D5E2DA', a: '#2C6A55', b: '#143229', c: '#EDC27E', paper: '#F6FAF7' },
  { bg: '#D3E1EA', a: '#2B6A93', b: '#14344A', c: '#F1A257', paper: '#F6FAFC' },
  { bg: '#EFE5D2', a: '#96703C', b: '#3A2E21', c: '#D6863F', paper: '#FCF9F2' },
]

const rect = (x: number, y: number, width: number, height: number, fill: string, more = ''): string => `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${more}/>`
const circle = (x: number, y: number, r: number, fill: string, more = ''): string => `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`
const lines = (x: number, y: number, widths: readonly number[], fill: string, pitch = 26): string => widths.map((width, index) => rect(x, y + index * pitch, width, 10, fill, 'rx="5" opacity="0.55"')).join('')

/** A carton seen from the front and the side, with a leaf stamped in gold. */
function carton(x: number, y: number, width: number, height: number, { a, b, c, paper }: Colours): string {
  const depth = width * 0.28
  return `<ellipse cx="${x + width * 0.62}" cy="${y + height + 6}" rx="${width * 0.75}" ry="16" fill="${b}" opacity="0.16"/>`
    + rect(x, y, width, height, a)
    + `<path d="M${x + width} ${y} l${depth} ${-depth * 0.45} v${height} l${-depth} ${depth * 0.45} z" fill="${b}"/>`
    + `<path d="M${x} ${y} l${depth} ${-depth * 0.45} h${width} l${-depth} ${depth * 0.45} z" fill="${paper}"/>`
    + `<path d="M${x + width * 0.5} ${y + height * 0.24} q${width * 0.22} ${height * 0.16} 0 ${height * 0.4} q${-width * 0.22} ${-height * 0.24} 0 ${-height * 0.4}" fill="${c}"/>`
    + rect(x + width * 0.3, y + height * 0.8, width * 0.4, 5, c)
}

const scenes = {
  boxes: (k: Colours) => rect(0, 620, 1200, 280, k.paper) + carton(170, 250, 330, 420, k) + carton(620, 370, 230, 300, k) + carton(930, 470, 140, 200, k),
  poster: (k: Colours) => rect(380, 70, 440, 760, k.paper) + rect(420, 110, 360, 400, k.a) + circle(600, 310, 120, k.c) + `<path d="M600 180 q110 130 0 260 q-110 -130 0 -260" fill="${k.paper}"/>`
    + lines(420, 560, [300, 220], k.b, 40) + lines(420, 670, [340, 320, 180], k.b),
  phone: (k: Colours) => rect(430, 60, 340, 780, k.b, 'rx="44"') + rect(446, 78, 308, 744, k.paper, 'rx="30"') + rect(446, 140, 308, 260, k.a) + circle(600, 270, 80, k.c)
    + lines(476, 440, [240, 180], k.b, 34) + rect(476, 530, 118, 118, k.bg, 'rx="12"') + rect(606, 530, 118, 118, k.bg, 'rx="12"') + lines(476, 680, [248, 200, 120], k.b) + rect(476, 764, 248, 36, k.a, 'rx="18"'),
  chart: (k: Colours) => rect(120, 100, 960, 700, k.paper, 'rx="20"') + lines(170, 150, [220], k.b) + [320, 250, 410, 360, 470, 390, 520].map((height, index) => rect(190 + index * 122, 720 - height, 74, height, index === 6 ? k.a : k.b, `rx="8" opacity="${index === 6 ? 1 : 0.35}"`)).join('')
    + `<path d="M227 470 L349 540 L471 380 L593 430 L715 320 L837 400 L959 260" fill="none" stroke="${k.c}" stroke-width="8"/>`,
  menu: (k: Colours) => rect(400, 40, 400, 820, k.paper) + rect(400, 40, 400, 150, k.a) + circle(600, 115, 42, k.c) + [0, 1, 2, 3, 4, 5, 6].map(row => lines(440, 240 + row * 84, [180 - (row % 3) * 24], k.b) + lines(720, 240 + row * 84, [44], k.a) + lines(440, 266 + row * 84, [240 - (row % 2) * 60], k.bg)).join(''),
  plank: (k: Colours) => rect(90, 320, 1020, 300, '#8A6A4A', 'rx="6"') + [356, 398, 452, 520, 574].map((y, index) => `<path d="M90 ${y} q260 ${index % 2 ? 18 : -14} 520 0 t500 ${index * 3}" fill="none" stroke="#6B4E33" stroke-width="${3 + index % 3}" opacity="0.6"/>`).join('')
    + `<path d="M250 320 q16 90 -8 150 q-14 80 6 150" fill="none" stroke="${k.b}" stroke-width="14"/>` + circle(880, 470, 26, '#5D4229') + circle(880, 470, 12, '#4A331F'),
  samples: (k: Colours) => rect(0, 560, 1200, 340, k.paper) + [220, 460, 700, 940].map((x, index) => `<ellipse cx="${x}" cy="672" rx="110" ry="20" fill="${k.b}" opacity="0.15"/>` + circle(x, 560, 96, k.b) + circle(x, 560, 62, index === 3 ? k.a : k.c) + circle(x, 560, 22, k.paper) + rect(x + 70, 470, 70, 16, k.b, 'rx="8"')).join('')
    + [k.a, k.c, k.b, '#7A2E3A'].map((fill, index) => rect(420 + index * 92, 760, 80, 60, fill)).join(''),
  room: (k: Colours) => rect(0, 640, 1200, 260, k.c, 'opacity="0.5"') + rect(120, 120, 420, 420, k.paper) + rect(150, 150, 360, 360, k.a, 'opacity="0.35"') + `<path d="M150 400 q180 -120 360 0 v110 h-360 z" fill="${k.a}"/>` + rect(640, 460, 440, 220, k.b, 'rx="24"') + rect(660, 420, 400, 120, k.a, 'rx="24"') + circle(1010, 220, 60, k.c),
} satisfies Record<string, (colours: Colours) => string>

const BY_NAME: readonly [RegExp, keyof typeof scenes][] = [[/盒/, 'boxes'], [/菜单|长图/, 'menu'], [/首屏|手机/, 'phone'], [/样板|看板/, 'chart'], [/木板/, 'plank'], [/样品|轮/, 'samples'], [/机位|房|工作照/, 'room']]

const drawn = new Map<string, Promise<Buffer>>()

/** A picture of what the file's name speaks of. The same name is the same picture. */
export function picture(name: string, format: 'png' | 'jpeg'): Promise<Buffer> {
  const known = drawn.get(`${format} ${name}`)
  if (known) return known
  const [, scene] = BY_NAME.find(([words]) => words.test(name)) ?? [null, 'poster' as const]
  const colours = PALETTES[[...name].reduce((sum, character) => sum + character.charCodeAt(0), 0) % PALETTES.length] ?? CLAY
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900" width="1200" height="900">${rect(0, 0, 1200, 900, colours.bg)}${scenes[scene](colours)}</svg>`
  const image = sharp(Buffer.from(svg))
  const bytes = (format === 'png' ? image.png() : image.jpeg({ quality: 86 })).toBuffer()
  drawn.set(`${format} ${name}`, bytes)
  return bytes
}
