/**
 * Which generated cover a service without pictures has: the motifs of its category, and from its id the drawing, the palette, the side
 * it faces and how near it stands. The same on every page, and different enough that neighbours of one category do not repeat.
 */
import { palettes, type PaletteName } from './palettes.ts'
import { seedOf } from './seed.ts'

export type Motif = 'brand' | 'screen' | 'shop' | 'video' | 'words' | 'photo' | 'slides' | 'ledger' | 'chart' | 'scene' | 'space'
export type Cover = { motif: Motif, variant: number, palette: PaletteName, mirrored: boolean, crop: number }

type Drawing = readonly [Motif, variant: number]
/** How many drawings a motif has. */
const VARIANTS: Record<Motif, number> = { brand: 4, screen: 3, shop: 3, video: 2, words: 2, photo: 2, slides: 2, ledger: 2, chart: 1, scene: 2, space: 1 }
export const variantsOf = (motif: Motif): number => VARIANTS[motif]
const all = (motif: Motif): Drawing[] => Array.from({ length: VARIANTS[motif] }, (_, variant) => [motif, variant] as const)

/** By the slug of a category or, where it says more, of a subcategory. */
const byCategory: Record<string, Drawing[]> = {
  brand: [...all('brand'), ['scene', 1], ['shop', 1]],
  logo: [['brand', 0], ['brand', 2], ['brand', 3]],
  vi: all('brand'),
  packaging: [['shop', 0], ['shop', 1], ['brand', 1]],
  print: [['brand', 1], ['brand', 2], ['slides', 1]],
  mascot: all('scene'),
  signage: [['brand', 3], ['space', 0]],
  web: all('screen'),
  'mini-program': [['screen', 0], ['screen', 2]],
  website: [['screen', 1], ['screen', 2]],
  ecommerce: all('shop'),
  'detail-page': [['shop', 2], ['shop', 0]],
  video: [...all('video'), ...all('photo')],
  'promo-video': all('video'),
  'short-video': all('video'),
  'post-production': [['video', 0]],
  'product-photo': [['photo', 1], ['shop', 0]],
  'scene-photo': [...all('photo'), ['space', 0]],
  writing: [...all('words'), ['slides', 1]],
  translation: [['words', 1]],
  copywriting: [['words', 0]],
  slides: all('slides'),
  finance: all('ledger'),
  data: [['chart', 0], ['screen', 2], ['slides', 0]],
}
const anything: Drawing[] = (Object.keys(VARIANTS) as Motif[]).flatMap(all)

/** Letters and a play sign must not stand in a mirror. */
const MIRRORED = new Set<Motif>(['shop', 'photo', 'scene', 'space', 'slides'])
const CROPS = [1, 1.12, 1.24]
const paletteNames = Object.keys(palettes) as PaletteName[]

/** `categories`: slugs from the general to the particular; the most particular one that is known decides. */
export function coverOf(id: string, ...categories: (string | null | undefined)[]): Cover {
  const drawings = categories.reduce<Drawing[]>((found, slug) => (slug && byCategory[slug]) || found, anything)
  const seed = seedOf(id)
  const [motif, variant] = drawings[seed % drawings.length]!
  return {
    motif,
    variant,
    palette: paletteNames[(seed >>> 8) % paletteNames.length]!,
    mirrored: MIRRORED.has(motif) && (seed >>> 16) % 2 === 1,
    crop: CROPS[(seed >>> 20) % CROPS.length]!,
  }
}
