import {Buffer} from 'node:buffer';
import {randomBytes} from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {identityPath} from '../source/control/identity.js';
import {ask, exchangeBytes, type Answer} from './helpers/ask.js';
import {startEndpoint, type Call} from './helpers/endpoint.js';
import {
	run,
	startServe,
	testHome,
	type Said,
	type TestHome,
} from './helpers/program.js';

const canary = (name: string): string =>
	`canary-${name}-${randomBytes(18).toString('base64url')}`;

/**
What may be found nowhere but where it was put.
*/
const secrets = {
	env: canary('env'),
	cmd: canary('cmd'),
	own: canary('own'),
	query: canary('query'),
	apiKey: canary('api-key'),
	bearer: canary('bearer'),
	cookie: canary('cookie'),
	google: canary('google'),
	azure: canary('azure'),
	proxy: canary('proxy'),
	tollgate: canary('tollgate'),
	userinfo: canary('userinfo'),
	target: canary('target'),
	prompt: canary('prompt'),
	answer: canary('answer'),
};

const agentHeaders = [
	'x-api-key',
	secrets.apiKey,
	'authorization',
	`Bearer ${secrets.bearer}`,
	'cookie',
	`session=${secrets.cookie}`,
	'x-goog-api-key',
	secrets.google,
	'api-key',
	secrets.azure,
	'proxy-authorization',
	`Basic ${secrets.proxy}`,
	'content-type',
	'application/json',
];

const question = JSON.stringify({
	model: 'claude-sonnet-4-6',
	max_tokens: 10,
	messages: [{role: 'user', content: secrets.prompt}],
});

/**
An endpoint that says in every way it can what it was sent.
*/
async function echo({heard, response, index}: Call): Promise<void> {
	const body = String(await heard.body());
	const all = `${heard.target} ${heard.headers.join(' ')} ${body}`;
	const status = [200, 401, 302, 500, 400][index % 5]!;
	response.writeHead(status, {
		'content-type': 'application/json',
		...(status === 302 && {
			location: `https://elsewhere.invalid/?key=${secrets.env}`,
		}),
	});
	response.end(
		status === 200
			? JSON.stringify({
					type: 'message',
					model: 'claude-sonnet-4-6',
					content: [{type: 'text', text: secrets.answer}],
					usage: {input_tokens: 5, output_tokens: 5},
				})
			: JSON.stringify({
					type: 'error',
					error: {type: 'api_error', message: `You sent ${all}`},
				}),
	);
}

function configOf(url: string, keyFile: string): string {
	return `
[endpoints.env]
url = "${url}/?code=${secrets.query}"
key = "env:CANARY_KEY"

[endpoints.cmd]
url = "${url}"
key = "cmd:cat ${keyFile}"

[endpoints.agent]
url = "${url}"
key = "agent"

[endpoints.gone]
url = "http://127.0.0.1:9"
key = "env:CANARY_KEY"

[routing]
endpoint = "env"

[aliases.env]
targets = ["env/claude-sonnet-4-6"]

[aliases.cmd]
targets = ["cmd/claude-sonnet-4-6"]

[aliases.agent]
targets = ["agent/claude-sonnet-4-6"]

[aliases.gone]
targets = ["gone/claude-sonnet-4-6"]

[retry]
attempts = 1
on_strikes = "return"
`;
}

/**
Every file of a home, byte for byte; of the config what we wrote there.
*/
const ownFiles = ({
	folder,
}: TestHome): ReadonlyArray<readonly [string, string]> =>
	fs
		.readdirSync(folder, {recursive: true, withFileTypes: true})
		.filter((entry) => entry.isFile())
		.map((entry) => {
			const file = path.join(entry.parentPath, entry.name);
			const text = fs.readFileSync(file, 'latin1');
			return [
				entry.name,
				entry.name === 'config.toml'
					? text.replace(`?code=${secrets.query}`, '')
					: text,
			] as const;
		});

/**
Where a secret is found, plain or in base64.
*/
function leaks(
	outputs: ReadonlyArray<readonly [string, string]>,
	found: readonly string[],
): readonly string[] {
	return outputs.flatMap(([name, text]) =>
		found
			.flatMap((secret) => [secret, Buffer.from(secret).toString('base64')])
			.filter((secret) => text.includes(secret))
			.map((secret) => `${name}: ${secret}`),
	);
}

const commandLines = [
	['status'],
	['status', '--json'],
	['summary'],
	['summary', '--json'],
	['log', 'check'],
	['log', 'export'],
	['log', 'export', '--format', 'csv'],
	['config', 'check'],
	['config', 'check', '--json'],
	['alias'],
	['alias', '--json'],
	['cap'],
	['cap', '--json'],
	['key', 'list'],
	['key', 'list', '--json'],
	['statusline'],
	['--once'],
	['--once', '--columns', '200'],
];

async function allSaid(
	home: TestHome,
	env: NodeJS.ProcessEnv,
): Promise<ReadonlyArray<readonly [string, string]>> {
	const said: Array<readonly [string, string]> = [];
	for (const words of commandLines) {
		const {stdout, stderr}: Said = await run(words, {home: home.folder, env});
		expect([words.join(' '), stdout + stderr]).not.toEqual([
			words.join(' '),
			'',
		]);
		said.push([words.join(' '), stdout + stderr]);
	}

	return said;
}

const isOurs = (answer: Answer): boolean =>
	answer.header('x-tollgate-reason') !== undefined;

test(
	'a secret is found in no output, no file, no answer of ours and no command line',
	{timeout: 120_000},
	async () => {
		await using endpoint = await startEndpoint(echo);
		using elsewhere = testHome();
		const keyFile = elsewhere.file('key');
		fs.writeFileSync(keyFile, secrets.cmd, {mode: 0o600});
		using home = testHome(configOf(endpoint.url, keyFile));
		const env = {CANARY_KEY: secrets.env};
		const added = await run(['key', 'add', 'desktop', '--json'], {
			home: home.folder,
			env,
		});
		expect(added).toMatchObject({code: 0});
		const {secret: local} = JSON.parse(added.stdout) as {secret: string};
		expect(local).toMatch(/^tollgate_desktop_[\w\-]{43}$/v);
		const unknown = `tollgate_desktop_${randomBytes(32).toString('base64url')}`;
		const found = [...Object.values(secrets), local, local.slice(-43), unknown];

		await using serving = await startServe(home.folder, ['--port', '0'], {env});
		const answers: Answer[] = [];
		const post = async (model: string, headers: readonly string[]) => {
			answers.push(
				await ask(serving.url, {
					headers,
					body: question.replace('claude-sonnet-4-6', () => model),
					path: `/v1/messages?key=${secrets.target}`,
				}),
			);
		};

		for (const model of ['env', 'cmd', 'agent', 'gone']) {
			// Each of the endpoint's ways to answer.
			for (let count = 0; count < 5; count++) {
				await post(model, agentHeaders);
			}

			await post(model, ['x-tollgate-key', secrets.tollgate]);
			await post(model, ['x-tollgate-key', local, ...agentHeaders]);
			await post(model, ['x-api-key', local]);
			await post(model, ['authorization', `Bearer ${local}`]);
			await post(model, ['authorization', local]);
			await post(model, ['api-key', local]);
			await post(model, ['x-goog-api-key', local]);
			await post(model, [
				'x-api-key',
				local,
				'authorization',
				`bearer  ${local}`,
			]);
			await post(model, ['x-api-key', unknown]);
		}

		await post('env', ['origin', 'https://page.example']);
		const raw = await exchangeBytes(
			serving.url,
			`GET http://user:${secrets.userinfo}@evil.example/?key=${secrets.target} HTTP/1.1\r\nHost: localhost\r\nx-api-key: ${secrets.apiKey}\r\n\r\n`,
		);
		const nonsense = await exchangeBytes(
			serving.url,
			`GET / HTTP/1.1\r\nHost: localhost\r\nx-api-key : ${secrets.apiKey}\r\n\r\n`,
		);
		const identity = await ask(serving.url, {
			method: 'GET',
			path: identityPath,
		});
		expect(answers.filter((answer) => isOurs(answer)).length).toBeGreaterThan(
			4,
		);
		expect(raw).toContain('x-tollgate-reason');
		expect(identity.status).toBe(200);

		// What the local key stands for is ours to know: no endpoint is told it.
		expect(
			endpoint.heard
				.flatMap(({headers}) => headers)
				.filter((text) => text.includes('tollgate_desktop_')),
		).toEqual([]);

		const argv =
			process.platform === 'linux'
				? fs.readFileSync(`/proc/${serving.pid}/cmdline`, 'latin1')
				: '';
		const whileServing = [
			...(await allSaid(home, env)),
			...ownFiles(home),
			['argv', argv],
			['a proxy request', raw],
			['nonsense', nonsense],
			['identity', identity.body.toString()],
			...answers
				.filter((answer) => isOurs(answer))
				.map(
					(answer) =>
						[
							`answer ${answer.status}`,
							`${answer.headers.join(' ')} ${answer.body.toString()}`,
						] as const,
				),
		] as const;
		expect(whileServing.map(([name]) => name)).toEqual(
			expect.arrayContaining(['usage.db', 'usage.db-wal', 'passthrough.json']),
		);
		expect(leaks(whileServing, found)).toEqual([]);

		serving.child.kill('SIGTERM');
		const {stdout, stderr} = await serving.ended;
		expect(
			leaks([['serve', stdout + stderr], ...ownFiles(home)], found),
		).toEqual([]);
	},
);
