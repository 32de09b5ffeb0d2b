/**
 * Chinese text as outlines. A document that embeds the font anew each time would make loading the demo twice as long,
 * for all of its glyphs are read to leave most of them out; here each glyph is read once.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { openSync, type Font } from 'fontkit'

const FILE = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts', 'NotoSansHans-Regular.otf')

export type Letter = { outline: string, advance: number }

let font: Font | undefined
const letters = new Map<string, Letter>()

/** In the font's own units, with y upwards. */
export function letterOf(character: string): Letter {
  const known = letters.get(character)
  if (known) return known
  const glyph = opened().glyphForCodePoint(character.codePointAt(0) ?? 0)
  const letter = { outline: glyph.path.toSVG(), advance: glyph.advanceWidth }
  letters.set(character, letter)
  return letter
}

export const unitsPerEm = (): number => opened().unitsPerEm

function opened(): Font {
  if (font) return font
  const read = openSync(FILE)
  if (!('glyphForCodePoint' in read)) throw new Error(`${FILE} holds several fonts`)
  font = read
  return font
}
