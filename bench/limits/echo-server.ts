/** The limit of a chat: a socket that only says back what it hears. PORT in the environment; GET / answers 200. */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const server = createServer((_request, response) => response.end('ok'))
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', socket => {
  socket.on('message', (data, binary) => socket.send(data, { binary }))
})
server.listen(Number(process.env['PORT']), '127.0.0.1')
