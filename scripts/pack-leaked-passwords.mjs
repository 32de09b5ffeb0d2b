/**
 * Packs a list of leaked passwords (one a line, e.g. the list of @zxcvbn-ts/language-common, MIT) into the form the
 * server reads: `node scripts/pack-leaked-passwords.mjs <list.txt>`. Only those that satisfy our own rule are kept (at
 * least 8, letters and digits), as the sorted first six bytes of their SHA-256: 6 bytes each, and nothing to read.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'

const PREFIX_BYTES = 6
const target = new URL('../server/src/features/accounts/leaked-passwords.bin', import.meta.url)

const source = process.argv[2]
if (!source) throw new Error('name the list to pack')
const words = new Set(readFileSync(source, 'utf8').split('\n').map((line) => line.trim().toLowerCase()))
const kept = [...words].filter(word => word.length >= 8 && /\p{L}/u.test(word) && /\d/.test(word))
const prefixes = kept.map(word => createHash('sha256').update(word).digest('hex').slice(0, PREFIX_BYTES * 2)).sort()
writeFileSync(target, Buffer.from([...new Set(prefixes)].join(''), 'hex'))
process.stdout.write(`${prefixes.length} passwords packed\n`)
