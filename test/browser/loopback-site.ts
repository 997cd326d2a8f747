/** A web site on this machine alone: pages held in memory, on 127.0.0.1 and a port of the system's choice. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Page {
  readonly type: 'text/html' | 'text/javascript' | 'application/json';
  readonly body: string;
}

export interface LoopbackSite {
  /** Without a slash at the end. */
  readonly origin: string;
  close(): Promise<void>;
}

/** @param pages by path, such as `/` */
export async function serve(pages: Readonly<Record<string, Page>>): Promise<LoopbackSite> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (page === undefined) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': `${page.type}; charset=utf-8` }).end(page.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
