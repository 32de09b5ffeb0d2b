/** `pnpm run secrets`: prints fresh secrets as lines for an environment file. Keep them: what they seal opens with nothing else. */
import { createSecrets } from './embedded/secrets.ts'

for (const [name, value] of Object.entries(createSecrets())) process.stdout.write(`${name}=${value.includes('\n') ? Buffer.from(value).toString('base64') : value}\n`)
