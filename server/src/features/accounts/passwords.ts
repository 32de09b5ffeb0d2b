import { hash, verify } from '@node-rs/argon2'
import { problem } from '@miaodan/shared/errors'
import { hasLeaked } from './leaked-passwords.ts'

/** OWASP's recommendation for Argon2id, which is what the library makes by default. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), OPTIONS)

let decoy: Promise<string> | undefined

/** Takes the same time whether or not there is such an account, so that the time does not tell. */
export async function checkPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password that nobody has')
  const right = await verify(passwordHash ?? await decoy, password.normalize('NFKC'))
  return right && passwordHash !== null && passwordHash !== undefined
}

/**
 * The form of a password is the contract's rule; this refuses what is easily guessed.
 * @throws problem `accounts.password_leaked` | `accounts.password_is_name`
 */
export function assertHardToGuess(password: string, names: readonly (string | null | undefined)[], field = 'body.password'): void {
  if (hasLeaked(password)) throw problem('accounts.password_leaked', {}, { field })
  const plain = password.toLowerCase()
  if (names.some(name => name && (name.toLowerCase() === plain || name.replace(/^\+86/, '') === plain))) throw problem('accounts.password_is_name', {}, { field })
}
