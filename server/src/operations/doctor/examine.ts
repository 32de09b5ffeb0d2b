/** Looks at everything that can be looked at, from the bottom up: what stands on something broken is not asked. */
import { readConfig, type Config } from '../../config.ts'
import { openDeps } from '../../deps.ts'
import { databaseFindings } from './database.ts'
import { about, reasonOf, text, type Finding } from './finding.ts'
import { replicaFindings } from './replica.ts'
import { settingsFindings } from './settings.ts'
import { storedFindings } from './stored.ts'
import { surroundingFindings } from './surroundings.ts'

export async function examine(environment: Record<string, string | undefined>): Promise<Finding[]> {
  const read = configOf(environment)
  if ('finding' in read) return [read.finding]
  const { config } = read
  const { findings: database, sound } = await databaseFindings(config.databaseDirectUrl, config.databasePool, config.demo)
  const known = [...settingsFindings(config, environment), ...database]
  return sound ? [...known, ...await replicaFindings(config.databaseDirectUrl, config.replicas), ...await opened(config)] : known
}

function configOf(environment: Record<string, string | undefined>): { config: Config } | { finding: Finding } {
  try {
    return { config: readConfig({ ...environment, LOG_LEVEL: 'silent' }) }
  } catch (error) {
    return { finding: about('配置', 'Configuration').fail(reasonOf(error), reasonOf(error), text('README 的配置表说明了每一项。', 'The table in README.md tells what each setting means.')) }
  }
}

async function opened(config: Config): Promise<Finding[]> {
  try {
    const deps = await openDeps(config)
    try {
      return [...await storedFindings(deps), ...await surroundingFindings(deps)]
    } finally {
      await deps.close()
    }
  } catch (error) {
    return [about('配置', 'Configuration').fail(reasonOf(error), reasonOf(error), text('README 的配置表说明了每一项。', 'The table in README.md tells what each setting means.'))]
  }
}
