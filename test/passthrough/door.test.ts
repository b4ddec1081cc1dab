/* eslint unicorn/prefer-https: 'off' -- Which of the two it is matters here. */
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {askIdentity, identityPath} from '../../source/control/identity.js';
import {ask, exchangeBytes, question} from '../helpers/ask.js';
import {startEndpoint, withoutHops, type Heard} from '../helpers/endpoint.js';
import {startTollgate} from '../helpers/passthrough.js';

const allowed =
	'allow_origins = ["https://app.example", "http://localhost:3000"]';

async function knock(
	headers: readonly string[],
	{path = '/v1/messages', server = '', method = 'POST'} = {},
) {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		await heard.body();
		response.end('{}');
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url, server});
	const {port} = tollgate;
	const lines = headers.map((line) => line.replace('PORT', () => String(port)));
	const text = await exchangeBytes(
		tollgate.url,
		[
			`${method} ${path} HTTP/1.1`,
			...lines,
			'Connection: close',
			`Content-Length: ${question.length}`,
			'',
			question,
		].join('\r\n'),
	);
	const status = Number(text.slice('HTTP/1.1 '.length).slice(0, 3));
	return {status, text, heard: endpoint.heard, rows: tollgate.rows()};
}

describe('a Host that is ours', () => {
	test.each([
		'127.0.0.1:PORT',
		'localhost:PORT',
		'LOCALHOST',
		'[::1]:PORT',
		'127.0.0.1:9999',
	])('may come in: %s', async (host) => {
		const {status} = await knock([`Host: ${host}`]);
		expect(status).toBe(200);
	});
});

describe('a Host that is not ours', () => {
	test.each([
		'evil.example',
		'evil.example:PORT',
		'127.0.0.1.evil.example',
		'localhost.evil.example:PORT',
		'192.168.1.5:PORT',
		'localhost@evil.example',
		'',
	])('is refused: %s', async (host) => {
		const {status, text, heard, rows} = await knock([`Host: ${host}`]);

		expect(status).toBe(403);
		expect(text).toMatch(/^x-tollgate-reason: host\r$/im);
		expect(text).toContain('"permission_error"');
		expect(heard).toEqual([]);
		expect(rows).toMatchObject([
			{outcome: 'refused', reason: 'host', httpStatus: 403, attempts: 0},
		]);
	});

	test('is refused where there is none at all', async () => {
		const {status, text, rows} = await knock([]);

		expect(status).toBe(403);
		expect(text).toMatch(/^x-tollgate-reason: host\r$/im);
		expect(rows).toMatchObject([{outcome: 'refused', reason: 'host'}]);
	});
});

describe('a page in a browser', () => {
	test.each([
		'https://evil.example',
		'http://localhost:9999',
		'null',
		'file://',
		'http://127.0.0.1',
	])('of %s is refused, and the refusal names the setting', async (origin) => {
		const {status, text, heard, rows} = await knock([
			'Host: 127.0.0.1:PORT',
			`Origin: ${origin}`,
		]);

		expect(status).toBe(403);
		expect(text).toMatch(/^x-tollgate-reason: origin\r$/im);
		expect(text).toContain('allow_origins');
		expect(heard).toEqual([]);
		expect(rows).toMatchObject([
			{outcome: 'refused', reason: 'origin', httpStatus: 403},
		]);
	});

	test.each(['https://app.example', 'http://localhost:3000'])(
		'of %s comes in where it is admitted by name',
		async (origin) => {
			const {status, heard} = await knock(
				['Host: 127.0.0.1:PORT', `Origin: ${origin}`],
				{server: allowed},
			);

			expect(status).toBe(200);
			expect(heard[0]?.header('origin')).toBe(origin);
		},
	);

	test.each(['https://app.example.evil', 'http://app.example', 'null'])(
		'of %s does not come in with others',
		async (origin) => {
			const {status} = await knock(
				['Host: 127.0.0.1:PORT', `Origin: ${origin}`],
				{server: allowed},
			);

			expect(status).toBe(403);
		},
	);

	test.each(['cross-site', 'same-site'])(
		'that only loads a picture from us (%s) is refused',
		async (site) => {
			const {status, text, heard} = await knock(
				['Host: 127.0.0.1:PORT', `Sec-Fetch-Site: ${site}`],
				{method: 'GET', path: '/v1/files/1/content', server: allowed},
			);

			expect(status).toBe(403);
			expect(text).toMatch(/^x-tollgate-reason: origin\r$/im);
			expect(text).toContain('allow_origins');
			expect(heard).toEqual([]);
		},
	);

	test('is what the address bar is not', async () => {
		const {status} = await knock(
			['Host: 127.0.0.1:PORT', 'Sec-Fetch-Site: none'],
			{method: 'GET', path: '/'},
		);

		expect(status).toBe(200);
	});

	test('that asks first may not come in either', async () => {
		const {status, heard} = await knock(
			['Host: 127.0.0.1:PORT', 'Origin: https://evil.example'],
			{method: 'OPTIONS'},
		);

		expect(status).toBe(403);
		expect(heard).toEqual([]);
	});
});

describe('an admitted page', () => {
	const admitted = 'Origin: https://app.example';
	const host = 'Host: 127.0.0.1:PORT';
	const asking = [
		host,
		admitted,
		'Access-Control-Request-Method: POST',
		'Access-Control-Request-Headers: x-api-key,content-type',
	];

	test('that asks first is answered by us, whatever the endpoint thinks', async () => {
		const {status, text, heard, rows} = await knock(
			[...asking, 'Access-Control-Request-Private-Network: true'],
			{method: 'OPTIONS', server: allowed},
		);

		expect(status).toBe(204);
		for (const line of [
			'access-control-allow-origin: https://app.example',
			'access-control-allow-methods: POST',
			'access-control-allow-headers: x-api-key,content-type',
			'access-control-allow-private-network: true',
			'access-control-max-age: 600',
			'vary: origin',
		]) {
			expect(text).toContain(`\r\n${line}\r\n`);
		}

		expect(heard).toEqual([]);
		expect(rows).toEqual([]);
	});

	test('may read its answer, and is told nothing of credentials', async () => {
		const {status, text} = await knock([host, admitted], {server: allowed});

		expect(status).toBe(200);
		expect(text).toContain(
			'\r\naccess-control-allow-origin: https://app.example\r\n',
		);
		expect(text).toContain('\r\naccess-control-expose-headers: *\r\n');
		expect(text).not.toContain('access-control-allow-credentials');
	});

	test('may read a refusal of ours', async () => {
		await using tollgate = await startTollgate({
			endpoint: 'http://127.0.0.1:9',
			server: `${allowed}\nmax_body = "1KB"`,
		});
		const {status, header} = await ask(tollgate.url, {
			headers: ['Origin', 'https://app.example'],
			body: 'x'.repeat(2000),
		});

		expect(status).toBe(413);
		expect(header('access-control-allow-origin')).toBe('https://app.example');
	});

	test('that asks nothing first has its OPTIONS passed on', async () => {
		const {status, heard} = await knock([host, admitted], {
			server: allowed,
			method: 'OPTIONS',
		});

		expect(status).toBe(200);
		expect(heard).toHaveLength(1);
	});

	test.each([
		['another host', ['Host: evil.example', admitted]],
		['another page', [host, 'Origin: https://evil.example']],
		['no page', [host]],
	])('opens nothing for %s', async (_, headers) => {
		const {text} = await knock(
			[...headers, 'Access-Control-Request-Method: POST'],
			{server: allowed, method: 'OPTIONS'},
		);

		expect(text).not.toMatch(/^access-control-/imv);
	});
});

test('what an endpoint says to pages stays its own word', async () => {
	await using endpoint = await startEndpoint(({response}) => {
		response.setHeader('Access-Control-Allow-Origin', '*');
		response.end('{}');
	});
	await using tollgate = await startTollgate({
		endpoint: endpoint.url,
		server: allowed,
	});
	const answer = await ask(tollgate.url, {
		headers: ['Origin', 'https://app.example'],
	});

	expect(answer.header('access-control-allow-origin')).toBe('*');
});

describe('who it is', () => {
	test('is told to those at home, and goes no further', async () => {
		await using endpoint = await startEndpoint(({response}) => {
			response.end();
		});
		await using tollgate = await startTollgate({
			endpoint: endpoint.url,
			main: 'key = "env:OURS"',
			env: {OURS: 'sk-very-secret-1234'},
		});
		const identity = await askIdentity(tollgate.url);

		expect(identity).toMatchObject({
			instance: tollgate.passthrough.instance,
			pid: process.pid,
			state: 'serving',
			recording: true,
			open: 0,
		});
		expect(JSON.stringify(identity)).not.toContain('sk-very-secret-1234');
		expect(endpoint.heard).toEqual([]);
		expect(tollgate.rows()).toEqual([]);
	});

	test.each([
		['a page', ['Host: 127.0.0.1:PORT', 'Origin: https://evil.example'], ''],
		[
			'an admitted page',
			['Host: 127.0.0.1:PORT', 'Origin: https://app.example'],
			allowed,
		],
		['another name', ['Host: evil.example'], ''],
	])('is not told to %s', async (_, headers, server) => {
		const {text} = await knock(headers, {
			path: identityPath,
			method: 'GET',
			server,
		});

		expect(text).not.toContain('"instance"');
	});
});

const forwarded = ({headers}: Heard) =>
	withoutHops(headers, ['host', 'content-length']).flat();

test('its own request that comes back is a loop', async () => {
	await using endpoint = await startEndpoint(async ({heard, response}) => {
		const answer = await ask(`http://127.0.0.1:${heard.header('x-back')!}`, {
			headers: forwarded(heard),
		});
		response.writeHead(answer.status, [...answer.headers]);
		response.end(answer.body);
	});
	await using tollgate = await startTollgate({endpoint: endpoint.url});
	const answer = await ask(tollgate.url, {
		headers: ['x-back', String(tollgate.port)],
	});

	expect(answer.status).toBe(508);
	expect(answer.header('x-tollgate-reason')).toBe('loop');
	expect(answer.header('x-should-retry')).toBe('false');
	expect(endpoint.heard).toHaveLength(1);
	expect(tollgate.rows()).toMatchObject([
		{outcome: 'error', httpStatus: 508},
		{outcome: 'refused', reason: 'loop', httpStatus: 508},
	]);
});

test('two that lead to each other are a loop', async () => {
	let other = '';
	await using relay = await startEndpoint(async ({heard, response}) => {
		const answer = await ask(other, {
			headers: forwarded(heard),
		});
		response.writeHead(answer.status, [...answer.headers]);
		response.end(answer.body);
	});
	await using one = await startTollgate({endpoint: relay.url});
	await using two = await startTollgate({endpoint: one.url});
	other = two.url;
	const answer = await ask(one.url);

	expect(answer.status).toBe(508);
	expect(relay.heard).toHaveLength(1);
});
