import { connect } from './connect.ts'

/** As `npm start` sets it; fsync and synchronous_commit stay on, since money must not be lost. */
export const POSTGRES_SETTINGS = { max_connections: '200', shared_buffers: '256MB', max_wal_size: '2GB', random_page_cost: '1.1', jit: 'off' }

/** Makes an empty database on this server and answers its address. */
export async function createDatabase(server: string, name: string): Promise<string> {
  const admin = connect(server, 1)
  await admin`create database ${admin(name)}`
  await admin.end()
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}
