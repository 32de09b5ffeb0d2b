import { hash, verify } from '@node-rs/argon2'

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
