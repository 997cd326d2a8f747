/**
 * One request on its way and back: the hop there, the server's work, the hop back, and the caller's patience. A caller
 * that gives up leaves nothing behind on its own side; what has been sent still arrives and is still worked on.
 */
import type { Reply, Request, Response } from '../contract/http.ts';
import type { Operation } from '../contract/process.ts';
import type { HostRecord } from './host-record.ts';
import type { Target } from './kernel.ts';
import { DROPPED, REFUSED as DOOR_REFUSED, type Listener } from './listener.ts';
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
  /** The door that keeps this connection open although no work is going on behind it. */
  #keeper: Listener | undefined = undefined;

  constructor(network: VirtualNetwork, from: HostRecord, to: HostRecord, request: Request, timeoutMs: number) {
    super();
    this.#network = network;
    this.#from = from;
    this.#to = to;
    this.#link = network.link(from, to);
    this.request = request;
    this.#timeoutUs = timeoutMs === Infinity ? NONE : toUs(timeoutMs);
  }

  get from(): string {
    return this.#from.name;
  }

  get to(): string {
    return this.#to.name;
  }

  /** An arrival waits while the server is paused, reply and patience while the caller is. TCP is the machine's, it goes on. */
  hostOf(kind: number): HostRecord | undefined {
    if (kind === ARRIVE) return this.#to;
    return kind === RESEND ? undefined : this.#from;
  }

  start(process: ProcessRecord): void {
    const { kernel } = this.#network;
    this.#process = process;
    this.id = kernel.nextId();
    this.#network.story?.began(this, process);
    if (this.#timeoutUs !== NONE) {
      this.#expiry = kernel.queue.schedule(kernel.nowUs + this.#timeoutUs, EXPIRE, this);
    }
    this.#transmit();
  }

  /** Puts a connection attempt on the wire. What is on it arrives, even when the caller gives up meanwhile. */
  #transmit(): void {
    const { kernel } = this.#network;
    const attempt = this.#attemptCount++;
    if (this.#link.loses(this.request.key, attempt)) {
      this.#resendLater(attempt);
    } else {
      kernel.queue.schedule(kernel.nowUs + this.#link.requestUs(this.request.key, attempt), ARRIVE, this);
    }
  }

  /**
   * TCP repeats a lost attempt after 1, 2, 4, 8 … s (RFC 6298: initial RTO 1 s, doubled each time), as long as the caller
   * is there.
   */
  #resendLater(attempt: number): void {
    const { kernel } = this.#network;
    this.#resending = kernel.queue.schedule(kernel.nowUs + backOffUs(attempt), RESEND, this);
  }

  fire(kind: number): void {
    this.held(kind);
    if (kind === ARRIVE) this.#arrive();
    else if (kind === REPLY) this.#wakeCaller();
    else if (kind === RESEND) this.#transmit();
    else this.#expire();
  }

  override held(kind: number): void {
    if (kind === REPLY) {
      this.#replying = NONE;
      this.#leaveDoor();
    } else if (kind === EXPIRE) this.#expiry = NONE;
    else if (kind === RESEND) this.#resending = NONE;
  }

  #arrive(): void {
    const taken = this.#to.listener?.arrive(this) ?? DOOR_REFUSED;
    if (taken === DOOR_REFUSED) this.#return(REFUSED);
    else if (taken === DROPPED && this.#process !== undefined) {
      this.#network.story?.dropped(this);
      this.#resendLater(this.#attemptCount - 1);
    }
  }

  /** The server has answered through its door. */
  answered(response: Response, door: Listener): void {
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
        this.#linger(door);
        return this.#return(response, toUs(response.dribbleMs ?? 0));
      case 'hang':
        return this.#linger(door);
    }
  }

  #linger(door: Listener): void {
    if (this.#process === undefined) return;
    this.#keeper = door;
    door.keep(this);
  }

  /** The server died over it: in the middle of the body, when that was on its way. */
  broken(): void {
    if (this.#replying === NONE) return this.#return(RESET);
    this.#network.kernel.queue.cancel(this.#replying);
    this.#return(CUT);
  }

  #return(reply: Reply, extraUs = 0): void {
    if (this.#process === undefined) return;
    const { kernel } = this.#network;
    this.#reply = reply;
    const hopUs = this.#link.replyUs(this.request.key, this.#attemptCount);
    this.#replying = kernel.queue.schedule(kernel.nowUs + hopUs + extraUs, REPLY, this);
  }

  #expire(): void {
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
    if (this.#resending !== NONE) queue.cancel(this.#resending);
    this.#expiry = this.#replying = this.#resending = NONE;
    this.#leaveDoor();
    this.#process = undefined;
  }

  #leaveDoor(): void {
    this.#keeper?.forget(this);
    this.#keeper = undefined;
  }

  protected finish(): IteratorResult<Operation<unknown>, Reply> {
    return returned(this.#reply);
  }
}

function backOffUs(attempt: number): number {
  return SECOND_US * (1 << Math.min(attempt, 6));
}
