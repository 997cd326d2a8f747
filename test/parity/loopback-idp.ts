/** An IdP on loopback that can do to a key-set request what real ones do, down to the bytes. It speaks raw HTTP/1.1. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { AnswerFault } from './script.ts';

type Behaviour = (socket: Socket, body: string) => void;

export class LoopbackIdp {
  /** The key set as JSON text. */
  body = '';
  #fault: AnswerFault | undefined = undefined;
  #server: Server | undefined = undefined;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  async open(): Promise<void> {
    const server = createServer((socket) => this.#take(socket));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${this.#port}/jwks`);
  }

  /** How key-set requests are answered from now on; undefined: as they should be. `down` closes the port. */
  async behave(fault: AnswerFault | undefined): Promise<void> {
    this.#fault = fault;
    if (fault === 'down') await this.close();
    else if (this.#server === undefined) await this.open();
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // A client that gives up resets the connection: that is its right.
    socket.on('error', () => socket.destroy());
    let head = '';
    socket.on('data', (bytes) => {
      head += bytes.toString('latin1');
      if (head.endsWith('\r\n\r\n')) this.#answer(socket, head);
    });
  }

  #answer(socket: Socket, head: string): void {
    // Whoever follows the redirect finds the good set there, and would accept tokens.
    const isLogin = head.startsWith('GET /login ');
    if (this.#fault === undefined || isLogin) whole(socket, 200, this.body);
    else BEHAVIOURS[this.#fault](socket, this.body);
  }
}

const BEHAVIOURS: Readonly<Record<AnswerFault, Behaviour>> = {
  'status-503': (socket) => whole(socket, 503, 'upstream connect error', 'text/plain'),
  'status-429': (socket) => whole(socket, 429, 'slow down', 'text/plain', 'retry-after: 30\r\n'),
  'html-200': (socket) => whole(socket, 200, '<h1>Down for maintenance</h1>', 'text/html'),
  'redirect-to-login': (socket) => whole(socket, 302, '', 'text/html', 'location: /login\r\n'),
  'empty-body': (socket) => whole(socket, 200, ''),
  'empty-object': (socket) => whole(socket, 200, '{}'),
  'truncated-json': (socket, body) => whole(socket, 200, body.slice(0, body.length >> 1)),
  reset: (socket) => void socket.resetAndDestroy(),
  'cut-body': (socket, body) => {
    const half = body.slice(0, body.length >> 1);
    socket.write(headOf(200, body.length, 'application/json', '') + half, () => socket.resetAndDestroy());
  },
  hang: () => undefined,
  'dribble-40s': dribble,
  'wrong-content-type': (socket, body) => whole(socket, 200, body, 'text/html'),
  down: (socket) => socket.destroy(),
};

function whole(socket: Socket, status: number, body: string, type = 'application/json', extra = ''): void {
  socket.end(headOf(status, Buffer.byteLength(body), type, extra) + body);
}

function headOf(status: number, length: number, type: string, extra: string): string {
  return `HTTP/1.1 ${status} x\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\nconnection: close\r\n${extra}\r\n`;
}

/** The body in a hundred pieces over 40 s. */
function dribble(socket: Socket, body: string): void {
  const pieceLength = Math.ceil(body.length / 100);
  socket.write(headOf(200, body.length, 'application/json', ''));
  let sent = 0;
  const timer = setInterval(() => {
    socket.write(body.slice(sent, sent + pieceLength));
    sent += pieceLength;
    if (sent < body.length) return;
    clearInterval(timer);
    socket.end();
  }, 400);
  socket.on('close', () => clearInterval(timer));
}
