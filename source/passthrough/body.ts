import {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';
import {PassThrough, type Readable} from 'node:stream';
import {Refusal} from './refusal.js';
import type {Slabs} from './slabs.js';

/**
The agent hung up while its request was still on the way.
*/
export class ClientLeft extends Error {
	override readonly name = 'ClientLeft';
}

/**
Uploads under way, and when each last moved: epoch milliseconds.
*/
export type Uploads = Map<IncomingMessage, number>;

/**
A whole body, and the slab it stands in if it stands in one.
*/
export type Body = Readonly<{bytes: Buffer; slab: Buffer | undefined}>;

/**
Reads a whole body. Throws a Refusal for one longer than `maxBytes`, and ClientLeft where the agent
hangs up. Bytes are copied at most once, into a slab that is to be given back.
*/
export async function readBody(
	request: IncomingMessage,
	{
		maxBytes,
		uploads,
		slabs,
		now,
	}: Readonly<{
		maxBytes: number;
		uploads: Uploads;
		slabs: Slabs;
		now(): number;
	}>,
): Promise<Body> {
	const announced = Number(request.headers['content-length'] ?? NaN);
	if (announced > maxBytes) {
		throw tooLarge(maxBytes);
	}

	uploads.set(request, now());
	return new Promise((resolve, reject) => {
		const gathered = new Gathering(announced, slabs);
		const take = (chunk: Buffer) => {
			uploads.set(request, now());
			if (gathered.length + chunk.length <= maxBytes) {
				gathered.add(chunk);
				return;
			}

			// The rest is read and forgotten, as is what has come.
			request.off('data', take).resume();
			reject(tooLarge(maxBytes));
		};

		request.on('data', take);
		const left = () => {
			uploads.delete(request);
			reject(new ClientLeft('The client left before its request was whole.'));
		};

		request.on('end', () => {
			uploads.delete(request);
			// It closes after every request.
			request.off('close', left);
			resolve(gathered.body());
		});

		request.on('error', left);
		request.on('close', left);
	});
}

/**
A body that streams through. What the endpoint does not take of it is still read to its end: a
request that is left half read would hold up whatever follows it on its connection.
*/
export function streamBody(
	request: IncomingMessage,
	{uploads, now}: Readonly<{uploads: Uploads; now(): number}>,
): Readable {
	const through = new PassThrough();
	const moved = () => {
		if (!request.readableEnded && !request.closed) {
			// While the endpoint lets us wait, the client may not be hurried.
			uploads.set(request, through.writableNeedDrain ? Infinity : now());
		}
	};

	moved();
	request.pipe(through);
	request.on('data', moved);
	through.on('drain', moved);
	through.on('close', () => {
		request.unpipe(through);
		request.resume();
		moved();
	});
	const over = () => {
		uploads.delete(request);
	};

	request.on('end', over);
	request.on('close', over);
	return through;
}

function tooLarge(maxBytes: number): Refusal {
	return new Refusal(
		'too_large',
		`The request is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB. The limit is max_body in [server].`,
	);
}

/**
One piece is kept as it came; several are laid into one buffer of the announced length as they come.
*/
class Gathering {
	length = 0;
	readonly #announced: number;
	#first: Buffer | undefined;
	#slab: Buffer | undefined;
	#pieces: Buffer[] | undefined;

	readonly #slabs: Slabs;

	constructor(announced: number, slabs: Slabs) {
		this.#announced = announced;
		this.#slabs = slabs;
	}

	add(chunk: Buffer): void {
		if (this.length === 0) {
			this.#first = chunk;
		} else if (this.#announced >= this.length + chunk.length) {
			this.#slab ??= this.#laidOut();
			chunk.copy(this.#slab, this.length);
		} else {
			this.#pieces ??= [this.#first!];
			this.#pieces.push(chunk);
		}

		this.length += chunk.length;
	}

	body(): Body {
		const bytes =
			this.#pieces === undefined
				? (this.#slab?.subarray(0, this.length) ??
					this.#first ??
					Buffer.alloc(0))
				: Buffer.concat(this.#pieces, this.length);
		return {bytes, slab: this.#slab};
	}

	#laidOut(): Buffer {
		const slab = this.#slabs.take(this.#announced);
		this.#first!.copy(slab);
		return slab;
	}
}
