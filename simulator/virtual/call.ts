/**
 * One request on its way and back: the hop there, the server's work, the hop back, and the caller's patience. A caller
 * that gives up leaves nothing behind on its own side; what has been sent still arrives and is still worked on.
 */
import type { Reply, Request, Response } from '../contract/http.ts';
import type { Operation } from '../contract/process.ts';
import type { HostRecord } from './host-record.ts';
import type { Target } from './kernel.ts';
import { DROPPED, REFUSED as DOOR_REFUSED } from './listener.ts';
import type { Link, VirtualNetwork } from './network.ts';
import { returned, VirtualOperation } from './operation.ts';
import type { ProcessRecord } from './process-record.ts';
import { toUs } from './sleep.ts';

export const ARRIVE = 1;
export const REPLY = 2;
export const EXPIRE = 3;
export const RESEND = 4;

const NONE = -1;
const SECOND_US = 1_000_000;

const TIMEOUT: Reply = Object.freeze({ status: 0, failure: 'timeout' });
const REFUSED: Reply = Object.freeze({ status: 0, failure: 'refused' });
const RESET: Reply = Object.freeze({ status: 0, failure: 'reset' });
const CUT: Reply = Object.freeze({ status: 0, failure: 'cut' });

export class Call extends VirtualOperation<Reply> implements Target {
  readonly #network: VirtualNetwork;
  readonly #from: HostRecord;
  readonly #to: HostRecord;
  readonly #link: Link;
  readonly request: Request;
  readonly #timeoutUs: number;
  id = 0;
  #process: ProcessRecord | undefined = undefined;
  #expiry = NONE;
  #replying = NONE;
  #resending = NONE;
  #attemptCount = 0;
  #reply: Reply = TIMEOUT;
  /** Where the next event happens: the caller's host for replies and expiry, undefined for a packet in flight. */
  host: HostRecord | undefined = undefined;

  constructor(network: VirtualNetwork, from: HostRecord, to: HostRecord, request: Request, timeoutMs: number) {
    super();
    this.#network = network;
    this.#from = from;
    this.#to = to;
    this.#link = network.link(from, to);
    this.request = request;
    this.#timeoutUs = toUs(timeoutMs);
  }

  start(process: ProcessRecord): void {
    const { kernel } = this.#network;
    this.#process = process;
    this.id = kernel.nextId();
    if (this.#timeoutUs !== Infinity) {
      this.#expiry = kernel.queue.schedule(kernel.nowUs + this.#timeoutUs, EXPIRE, this);
    }
    this.#send();
  }

  /** Puts a connection attempt on the wire; a lost one is tried again by TCP, later each time. */
  #send(): void {
    const { kernel } = this.#network;
    const attempt = this.#attemptCount++;
    if (this.#link.loses(this.request.key, attempt)) this.#sendAgainLater(attempt);
    else kernel.queue.schedule(kernel.nowUs + this.#link.requestUs(this.request.key, attempt), ARRIVE, this);
  }

  fire(kind: number): void {
    if (kind === ARRIVE) this.#arrive();
    else if (kind === REPLY) this.#resume();
    else if (kind === RESEND) this.#resend();
    else this.#expire();
  }

  #arrive(): void {
    if (this.#to.paused) {
      this.#to.defer(ARRIVE, this);
      return;
    }
    const listener = this.#to.listener;
    if (listener === undefined) {
      this.#return(REFUSED);
      return;
    }
    const taken = listener.arrive(this);
    if (taken === DROPPED) this.#sendAgainLater(this.#attemptCount - 1);
    else if (taken === DOOR_REFUSED) this.#return(REFUSED);
  }

  /** TCP repeats a lost SYN after 1, 2, 4, 8 … s (RFC 6298: initial RTO 1 s, doubled each time). */
  #sendAgainLater(attempt: number): void {
    if (this.#process === undefined) return;
    const { kernel } = this.#network;
    const delayUs = SECOND_US * (1 << Math.min(attempt, 6));
    this.#resending = kernel.queue.schedule(kernel.nowUs + delayUs, RESEND, this);
  }

  #resend(): void {
    this.#resending = NONE;
    this.#send();
  }

  /** The server has answered. */
  answered(response: Response): void {
    switch (response.fate ?? 'deliver') {
      case 'deliver':
        return this.#return(response);
      case 'refuse':
        return this.#return(REFUSED);
      case 'reset':
        return this.#return(RESET);
      case 'cut':
        return this.#return(CUT);
      case 'dribble':
        return this.#return(response, toUs(response.dribbleMs ?? 0));
      case 'hang':
        return;
    }
  }

  /** The server died over it. */
  broken(): void {
    this.#return(RESET);
  }

  #return(reply: Reply, extraUs = 0): void {
    if (this.#process === undefined) return;
    const { kernel } = this.#network;
    this.#reply = reply;
    const hopUs = this.#link.replyUs(this.request.key, this.#attemptCount);
    this.host = this.#from;
    this.#replying = kernel.queue.schedule(kernel.nowUs + hopUs + extraUs, REPLY, this);
  }

  #resume(): void {
    this.#replying = NONE;
    this.#wakeCaller();
  }

  #expire(): void {
    this.#expiry = NONE;
    this.#reply = TIMEOUT;
    this.#wakeCaller();
  }

  #wakeCaller(): void {
    const process = this.#process;
    if (process === undefined) return;
    this.#forget();
    process.step();
  }

  cancel(): void {
    this.#forget();
  }

  #forget(): void {
    const { queue } = this.#network.kernel;
    if (this.#expiry !== NONE) queue.cancel(this.#expiry);
    if (this.#replying !== NONE) queue.cancel(this.#replying);
    if (this.#resending !== NONE) queue.cancel(this.#resending);
    this.#expiry = this.#replying = this.#resending = NONE;
    this.#process = undefined;
  }

  protected finish(): IteratorResult<Operation<unknown>, Reply> {
    return returned(this.#reply);
  }
}
