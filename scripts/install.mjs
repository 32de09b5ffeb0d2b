/** The install step of `npm start` and `npm test` alone. For any Node >= 20. */
import { prepare } from './prepare.mjs'

await prepare()
