// Sends requests and times their first bytes. Runs apart from what it measures.
import {Buffer} from 'node:buffer';
import fs from 'node:fs';
import http from 'node:http';
import process from 'node:process';
import {performance} from 'node:perf_hooks';

const source = new URL('../source/', import.meta.url);
const files = fs
	.readdirSync(source, {recursive: true})
	.filter((name) => /\.tsx?$/v.test(name))
	.toSorted((one, other) => one.localeCompare(other))
	.map((name) => fs.readFileSync(new URL(name, source), 'utf8'));

/**
A body such as coding agents send: a conversation about this very project, its files as what the
tools answered.
@param bytes
@param stream
*/
export function bodyOf(bytes, stream) {
	const messages = [];
	const body = {
		model: 'claude-sonnet-4-6',
		max_tokens: 32_000,
		stream,
		metadata: {user_id: 'user_bench'},
		messages,
	};
	let left = bytes - JSON.stringify(body).length - 40;
	for (let turn = 0; left > 8000; turn++) {
		const id = `toolu_${turn}`;
		const round = [
			{
				role: 'assistant',
				content: [
					{type: 'text', text: 'Reading it now.'},
					{type: 'tool_use', id, name: 'Read', input: {limit: 2000}},
				],
			},
			{
				role: 'user',
				content: [
					{
						type: 'tool_result',
						tool_use_id: id,
						content: files[turn % files.length].slice(0, left - 2000),
					},
				],
			},
		];
		messages.push(...round);
		left -= JSON.stringify(round).length;
	}

	messages.push({role: 'user', content: 'x'.repeat(Math.max(1, left))});
	return Buffer.from(JSON.stringify(body));
}

const agent = new http.Agent({keepAlive: true, noDelay: true});

function once(url, body, bench) {
	return new Promise((resolve, reject) => {
		const started = performance.now();
		const request = http.request(
			new URL('/v1/messages', url),
			{
				agent,
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'content-length': body.length,
					'x-api-key': 'none',
					'anthropic-version': '2023-06-01',
					'anthropic-beta': 'interleaved-thinking-2025-05-14',
					'user-agent': 'claude-cli/2.1.330 (external, cli)',
					'x-claude-code-session-id': '5f0a7d5e-0b0f-4b6a-9d6a-6d1c7c6a4f10',
					accept: 'application/json',
					'x-bench': bench,
				},
			},
			(response) => {
				let first;
				response.on('data', () => {
					first ??= performance.now() - started;
				});
				response.on('end', () => {
					resolve(first);
				});
				response.on('error', reject);
			},
		);
		request.on('error', reject);
		request.end(body);
	});
}

process.on(
	'message',
	async ({url, bytes, stream, bench, requests, concurrency}) => {
		const body = bodyOf(bytes, stream);
		const firsts = [];
		let left = requests;
		const worker = async () => {
			while (left-- > 0) {
				firsts.push(await once(url, body, bench));
			}
		};

		await Promise.all(Array.from({length: concurrency}, worker));
		firsts.sort((a, b) => a - b);
		process.send({firstMs: firsts[Math.floor(firsts.length / 2)]});
	},
);
process.send({});
