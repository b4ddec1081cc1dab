import {Buffer} from 'node:buffer';
import {
	endless,
	type Ask,
	type AskRequest,
	type Asked,
} from '../../doctor/ask.js';
import {createUpstream, type Upstream} from '../../passthrough/upstream.js';

export type RealAsk = AsyncDisposable & Readonly<{ask: Ask}>;

export type AskOptions = Readonly<{
	env: NodeJS.ProcessEnv;
	/**
	How long headers may take where a request does not say, in milliseconds.
	*/
	patienceMs?: number;
	/**
	Between two bytes.
	*/
	idleMs?: number;
	/**
	How much longer than its headers an answer may take as a whole, in milliseconds.
	*/
	restMs?: number;
}>;

/**
The longest lists of models have some thousand entries.
*/
const mostBytes = 8 * 1024 * 1024;

/**
Reaches endpoints as the passthrough does: by the same client, proxies and authorities.
*/
export function createAsk({
	env,
	patienceMs = 15_000,
	idleMs = 60_000,
	restMs = 30_000,
}: AskOptions): RealAsk {
	const upstreams = new Map<string, Promise<Upstream>>();
	const upstreamTo = async (origin: URL): Promise<Upstream> => {
		const known = upstreams.get(origin.origin);
		if (known !== undefined) {
			return known;
		}

		const made = createUpstream({
			origin,
			// Ours ends first; this one is for a request that has more patience.
			headerTimeoutMs: 10 * patienceMs,
			idleTimeoutMs: idleMs,
			env,
		});
		upstreams.set(origin.origin, made);
		return made;
	};

	return {
		async ask(request) {
			return send(await upstreamTo(request.url), {
				patienceMs,
				restMs,
				...request,
			});
		},
		async [Symbol.asyncDispose]() {
			await Promise.all(
				Array.from(upstreams.values(), async (made) => {
					const upstream = await made;
					await upstream.close();
				}),
			);
		},
	};
}

async function send(
	upstream: Upstream,
	{
		method,
		url,
		headers,
		body,
		patienceMs,
		restMs,
		signal,
	}: AskRequest & Readonly<{patienceMs: number; restMs: number}>,
): Promise<Asked> {
	const began = performance.now();
	const sinceMs = () => performance.now() - began;
	return new Promise((resolve) => {
		let head:
			Readonly<{status: number; headers: readonly string[]}> | undefined;
		let headersMs = 0;
		let bytes = 0;
		const pieces: Buffer[] = [];
		const chunks: Array<Readonly<{atMs: number; bytes: number}>> = [];
		const settle = (code: string | undefined) => {
			clearTimeout(patience);
			signal?.removeEventListener('abort', leaveAtOnce);
			resolve(
				head === undefined || code === endless
					? {kind: 'failed', code: code ?? 'ECONNRESET', tookMs: sinceMs()}
					: {
							kind: 'answered',
							...head,
							body: Buffer.concat(pieces),
							isWhole: code === undefined,
							headersMs,
							firstByteMs: chunks[0]?.atMs,
							endMs: sinceMs(),
							chunks,
						},
			);
		};

		const sent = upstream.send(
			{
				method,
				target: url.pathname + url.search,
				headers: [...headers],
				body: body === undefined ? undefined : Buffer.from(body),
			},
			{
				head({status, rawHeaders}) {
					clearTimeout(patience);
					patience = setTimeout(() => {
						leave(endless);
					}, patienceMs + restMs);
					headersMs = sinceMs();
					head = {
						status,
						headers: rawHeaders.map((part) => part.toString('latin1')),
					};
				},
				data(chunk, flow) {
					bytes += chunk.length;
					chunks.push({atMs: sinceMs(), bytes: chunk.length});
					pieces.push(Buffer.from(chunk));
					if (!(bytes > mostBytes)) {
						return;
					}

					flow.abort(new Error('too long'));
					settle('too-long');
				},
				end() {
					settle(undefined);
				},
				fail({code}) {
					settle(code);
				},
			},
		);
		const leave = (code: string) => {
			settle(code);
			sent.abort();
		};

		const leaveAtOnce = () => {
			leave('ETIMEDOUT');
		};

		let patience = setTimeout(leaveAtOnce, patienceMs);
		signal?.addEventListener('abort', leaveAtOnce, {once: true});
	});
}
