import net from 'node:net';
import process from 'node:process';
import {expect, test} from 'vitest';
import {recognise, upstreamTarget} from '../../source/wire/paths.js';
import {ask} from '../helpers/ask.js';
import {startEndpoint, type Heard} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';
import {diceOf, latin1, mutated, validRequest} from './mutations.js';
import {mayGoOn, type Read} from './strict-reader.js';

/**
`FUZZ_COUNT=100000 FUZZ_SEED=1 npx vitest run test/passthrough/fuzz.test.ts` for many.
*/
const count = Number(process.env['FUZZ_COUNT'] ?? 3000);
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const atOnce = 32;

/**
What is not answered for this long has not come whole.
*/
const patienceMs = 60;

const base = new URL('https://endpoint.invalid');

function keyOf({method, target, tag, body}: Read): string {
	const wanted = recognise(method, target);
	return JSON.stringify([
		method,
		wanted.kind === 'refused'
			? 'refused'
			: upstreamTarget(base, wanted.upstreamPath),
		tag,
		body,
	]);
}

/**
How often each request may still come.
*/
class Allowance {
	readonly strangers: string[] = [];
	arrived = 0;
	readonly #left = new Map<string, number>();

	allow(text: string): void {
		for (const read of mayGoOn(text)) {
			const key = keyOf(read);
			this.#left.set(key, (this.#left.get(key) ?? 0) + 1);
		}
	}

	take({method, target, header}: Heard, body: string): void {
		this.arrived++;
		const key = JSON.stringify([method, target, header('x-tag') ?? '', body]);
		const left = this.#left.get(key) ?? 0;
		if (left === 0) {
			this.strangers.push(key);
		} else {
			this.#left.set(key, left - 1);
		}
	}
}

/**
Writes the bytes, and waits until the connection closes or nothing comes any more.
*/
async function say(port: number, text: string, index: number): Promise<void> {
	const socket = net.connect({
		port,
		host: '127.0.0.1',
		// The ports of one address are used up soon.
		localAddress: `127.0.${1 + (index % 200)}.1`,
	});
	socket.on('error', () => undefined);
	socket.write(latin1(text));
	await new Promise<void>((resolve) => {
		socket.setTimeout(patienceMs);
		socket.on('timeout', () => {
			socket.resetAndDestroy();
		});
		socket.on('data', () => undefined);
		socket.on('close', () => {
			resolve();
		});
	});
}

test(
	`of ${count} requests with something wrong none gets through that should not, and the next is answered (seed ${seed})`,
	{timeout: 60_000 + count * 20},
	async () => {
		const allowance = new Allowance();
		const nonsense: string[] = [];
		await using endpoint = await startEndpoint(
			async ({heard, request, response}) => {
				try {
					const body = await heard.body();
					if (request.complete) {
						allowance.take(heard, body.toString('latin1'));
						response.end('{}');
					}
				} catch {
					// It was cut: not a request.
				}
			},
			{
				maxHeaderSize: 200_000,
				onNonsense(error) {
					nonsense.push(String(error));
				},
			},
		);
		await using tollgate = await startTollgate({endpoint: endpoint.url});
		let next = 0;
		const worker = async () => {
			while (next < count) {
				const index = next++;
				const dice = diceOf(seed + index);
				const valid = validRequest(dice, `t${index}`);
				const behind = dice.chance(0.5)
					? `GET /v1/files/behind HTTP/1.1\r\nHost: localhost\r\nX-Tag: b${index}\r\nConnection: close\r\n\r\n`
					: '';
				const text =
					(dice.chance(0.05) ? valid : mutated(valid, dice)) + behind;
				allowance.allow(text);
				await say(tollgate.port, text, index);
				if (index % 500 !== 0) {
					continue;
				}

				const {status} = await ask(tollgate.url, {
					method: 'GET',
					path: '/v1/files/well',
					headers: ['X-Tag', `w${index}`],
				});
				expect(status).toBe(200);
			}
		};

		for (let index = 0; index < count; index += 500) {
			allowance.allow(
				`GET /v1/files/well HTTP/1.1\r\nHost: localhost\r\nX-Tag: w${index}\r\n\r\n`,
			);
		}

		await Promise.all(Array.from({length: atOnce}, worker));

		expect(allowance.strangers).toEqual([]);
		expect(nonsense).toEqual([]);
		// Many mutations are harmless; where none got through nothing was tried.
		expect(allowance.arrived).toBeGreaterThan(count / 10);
		await expect
			.poll(() => tollgate.passthrough.identity().open, {timeout: 10_000})
			.toBe(0);
	},
);
