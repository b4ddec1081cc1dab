import {execFile, spawnSync} from 'node:child_process';
import process from 'node:process';
import {expect, test} from 'vitest';
import {startEndpoint} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';
import {startPair} from './pair.js';

const curl = async (...parameters: string[]) =>
	new Promise<string>((resolve, reject) => {
		execFile(
			'curl',
			['-sS', '--noproxy', '*', ...parameters],
			(error, stdout) => {
				if (error) {
					reject(new Error('curl failed.', {cause: error}));
				} else {
					resolve(stdout);
				}
			},
		);
	});

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const question = JSON.stringify({
	model: 'claude-sonnet-4-6',
	max_tokens: 50,
	messages: [{role: 'user', content: 'Hello'}],
});

test.skipIf(!hasCurl)('curl gets the bytes it gets without us', async () => {
	await using pair = await startPair();
	const {direct, through} = await pair.bothWays(async (url) =>
		curl(
			`${url}/v1/messages`,
			'-H',
			'content-type: application/json',
			'-H',
			'x-api-key: any',
			'-d',
			question,
		),
	);

	expect(through).toBe(direct);
	expect(through).toContain('"stop_reason"');
	expect(pair.tollgate.row()).toMatchObject({
		outcome: 'ok',
		usageStatus: 'exact',
		client: expect.stringMatching(/^curl\//) as string,
	});
});

test.skipIf(!hasCurl)('curl gets a stream as it comes', async () => {
	await using pair = await startPair();
	const {direct, through} = await pair.bothWays(async (url) =>
		curl(
			'-N',
			`${url}/v1/messages`,
			'-d',
			question.replace('{', '{"stream":true,'),
		),
	);

	expect(through).toBe(direct);
	expect(through).toContain('event: message_stop');
});

test.skipIf(!hasCurl).each([
	['--http1.0', []],
	['--http2', []],
	['--compressed', []],
	['-H', ['Expect: 100-continue']],
	['-H', ['Transfer-Encoding: chunked']],
])('curl %s %j works', async (option, more) => {
	await using pair = await startPair();
	const text = await curl(
		option,
		...more,
		`${pair.tollgate.url}/v1/messages`,
		'-d',
		question,
	);

	expect(JSON.parse(text)).toMatchObject({type: 'message'});
	expect(pair.tollgate.row().outcome).toBe('ok');
});

test.skipIf(!hasCurl)('curl sends a large file, and reads a head', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		const {length} = await heard.body();
		response.setHeader('x-got', length);
		response.end();
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const put = await curl(
		'-D',
		'-',
		'-T',
		process.execPath,
		`${tollgate.url}/v1/files/node`,
	);
	const head = await curl('-I', `${tollgate.url}/api/hello`);

	expect(put).toMatch(/^x-got: \d{8,}\r$/im);
	expect(head).toMatch(/^x-got: 0\r$/im);
});
