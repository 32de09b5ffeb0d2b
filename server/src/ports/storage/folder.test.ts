import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storageContract } from './contract.ts'
import { FolderStorage } from './folder.ts'

storageContract('a folder', async () => new FolderStorage(await mkdtemp(join(tmpdir(), 'miaodan-storage-'))))
