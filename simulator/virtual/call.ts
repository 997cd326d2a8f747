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
  #unsent = NONE;
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

  get from(): string {
    return this.#from.name;
  }

  get to(): string {
    return this.#to.name;
  }

  start(process: ProcessRecord): void {
    const { kernel } = this.#network;
    this.#process = process;
    this.id = kernel.nextId();
    this.#network.story?.began(this, process);
    if (this.#timeoutUs !== Infinity) {
      this.#expiry = kernel.queue.schedule(kernel.nowUs + this.#timeoutUs, EXPIRE, this);
    }
    this.#transmit(0);
  }

  /**
   * Puts a connection attempt on the wire after a delay. TCP repeats a lost one after 1, 2, 4, 8 … s (RFC 6298: initial
   * RTO 1 s, doubled each time), as long as the caller is there.
   */
  #transmit(delayUs: number): void {
    const { kernel } = this.#network;
    const attempt = this.#attemptCount++;
    const lost = this.#link.loses(this.request.key, attempt);
    const hopUs = lost ? backOffUs(attempt) : this.#link.requestUs(this.request.key, attempt);
    const handle = kernel.queue.schedule(kernel.nowUs + delayUs + hopUs, lost ? RESEND : ARRIVE, this);
    // A packet on the wire still arrives when the caller gives up; one not yet sent never will.
    this.#unsent = delayUs > 0 || lost ? handle : NONE;
  }

  fire(kind: number): void {
    if (kind === ARRIVE) this.#arrive();
    else if (kind === REPLY) this.#resume();
    else if (kind === RESEND) this.#transmit(0);
    else this.#expire();
  }

  #arrive(): void {
    this.#unsent = NONE;
    if (this.#to.paused) {
      this.#to.defer(ARRIVE, this);
      return;
    }
    const taken = this.#to.listener?.arrive(this) ?? DOOR_REFUSED;
    if (taken === DOOR_REFUSED) this.#return(REFUSED);
    else if (taken === DROPPED && this.#process !== undefined) {
      this.#network.story?.dropped(this);
      this.#transmit(backOffUs(this.#attemptCount - 1));
    }
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
    this.#network.story?.ended(this, this.#reply);
    this.#forget();
    process.step();
  }

  cancel(): void {
    this.#network.story?.abandoned(this);
    this.#forget();
  }

  #forget(): void {
    const { queue } = this.#network.kernel;
    if (this.#expiry !== NONE) queue.cancel(this.#expiry);
    if (this.#replying !== NONE) queue.cancel(this.#replying);
    if (this.#unsent !== NONE) queue.cancel(this.#unsent);
    this.#expiry = this.#replying = this.#unsent = NONE;
    this.#process = undefined;
  }

  protected finish(): IteratorResult<Operation<unknown>, Reply> {
    return returned(this.#reply);
  }
}

function backOffUs(attempt: number): number {
  return SECOND_US * (1 << Math.min(attempt, 6));
}
