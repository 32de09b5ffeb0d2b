/** `npm run doctor`: says of everything the product stands on whether it is right, and what to do where it is not. */
import { openInstallation } from '../../embedded/installation.ts'
import { StartProblem } from '../../embedded/settings.ts'
import { complain } from '../../embedded/terminal.ts'
import { examine } from './examine.ts'
import { endOf, lineOf } from './finding.ts'

try {
  const installation = await openInstallation(process.env)
  const findings = await examine(installation.environment).finally(() => installation.close())
  const { line, code } = endOf(findings)
  process.stdout.write(`${findings.map(lineOf).join('\n')}\n\n${line}\n`)
  process.exitCode = code
} catch (error) {
  if (!(error instanceof StartProblem)) throw error
  complain(error.zh, error.message)
  process.exitCode = 1
}
