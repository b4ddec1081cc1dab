import {expect, test} from 'vitest';
import {
	deadPort,
	otherProgram,
	passthroughOf,
	testPlace,
	type TestPlace,
} from './place.js';

const config = '[endpoints.main]\nurl = "https://api.example"\n';

const shell = async (
	there: TestPlace,
	env: NodeJS.ProcessEnv,
): Promise<readonly string[]> => {
	using again = testPlace({}, {...there.place, env});
	const findings = await again.look('shell');
	return findings.map(
		({standing, said, fix}) => `${standing}: ${said}${fix ? ` → ${fix}` : ''}`,
	);
};

test('a shell without a base URL is fine', async () => {
	using there = testPlace({'home/config.toml': config});
	expect(await shell(there, {ANTHROPIC_BASE_URL: ''})).toEqual([
		expect.stringMatching(/^ok: No base URL is set in this shell/) as string,
	]);
});

test('a base URL that is ours is fine while a passthrough runs, and stale when none does', async () => {
	using there = testPlace({'home/config.toml': config});
	const running = await passthroughOf(there.at('home'));
	const env = {
		ANTHROPIC_BASE_URL: running.url,
		OPENAI_BASE_URL: `http://localhost:${running.port}/v1`,
	};
	expect(await shell(there, env)).toEqual([
		'ok: ANTHROPIC_BASE_URL points here.',
		'ok: OPENAI_BASE_URL points here.',
	]);
	await running[Symbol.asyncDispose]();
	there.write({
		'home/config.toml': `${config}[server]\nport = ${running.port}\n`,
	});
	expect(await shell(there, {ANTHROPIC_BASE_URL: running.url})).toEqual([
		`bad: ANTHROPIC_BASE_URL points here, to ${running.url}, and no passthrough runs. → Start one with tollgate or tollgate serve, or start the agent with tollgate run.`,
	]);
});

test('a base URL of an old port is told with what to set', async () => {
	using there = testPlace({'home/config.toml': config});
	const gone = await deadPort();
	expect(
		await shell(there, {
			ANTHROPIC_BASE_URL: `http://127.0.0.1:${gone}`,
			OPENAI_BASE_URL: `http://127.0.0.1:${gone}/v1`,
		}),
	).toEqual([
		`bad: ANTHROPIC_BASE_URL points to http://127.0.0.1:${gone}, where nobody listens: it is from a passthrough that is gone. → Unset it (unset ANTHROPIC_BASE_URL), or: export ANTHROPIC_BASE_URL=http://127.0.0.1:4141`,
		`bad: OPENAI_BASE_URL points to http://127.0.0.1:${gone}/v1, where nobody listens: it is from a passthrough that is gone. → Unset it (unset OPENAI_BASE_URL), or: export OPENAI_BASE_URL=http://127.0.0.1:4141/v1`,
	]);
});

test('a base URL of another program on this machine is told', async () => {
	using there = testPlace({'home/config.toml': config});
	await using other = await otherProgram();
	expect(await shell(there, {ANTHROPIC_BASE_URL: other.url})).toEqual([
		expect.stringContaining(
			`warn: ANTHROPIC_BASE_URL points to ${other.url}, where another program listens`,
		) as string,
	]);
});

test('a base URL of the Tollgate of another home is told with its home', async () => {
	using theirs = testPlace();
	await using running = await passthroughOf(theirs.at('home'));
	using there = testPlace({'home/config.toml': config});
	expect(await shell(there, {ANTHROPIC_BASE_URL: running.url})).toEqual([
		expect.stringContaining(
			`${running.url}, the Tollgate of ${theirs.at('home')}`,
		) as string,
	]);
});

test.for([
	['https://gateway.example', 'https://gateway.example'],
	['https://me:hush@gateway.example/v1?key=hush', 'https://gateway.example/v1'],
	['gateway.example', 'what is no URL'],
])(
	'a base URL elsewhere (%s) is told, without what is secret in it',
	async ([url, shown]) => {
		using there = testPlace({'home/config.toml': config});
		const [said] = await shell(there, {ANTHROPIC_BASE_URL: url});
		expect(said).toContain(`ANTHROPIC_BASE_URL points to ${shown}`);
		expect(said).not.toContain('hush');
	},
);

test('without a config the variable names the endpoint, and an agent would go there itself', async () => {
	using there = testPlace();
	expect(
		await shell(there, {ANTHROPIC_BASE_URL: 'https://gateway.example'}),
	).toEqual([
		expect.stringContaining(
			'warn: ANTHROPIC_BASE_URL names the endpoint that Tollgate uses',
		) as string,
	]);
});

test.for([
	[
		'https://127.0.0.1:4141',
		'bad: ANTHROPIC_BASE_URL begins with https, and Tollgate speaks http on this machine. → Run: export ANTHROPIC_BASE_URL=http://127.0.0.1:4141',
	],
	[
		'http://127.0.0.1:4141/v1/messages',
		'bad: ANTHROPIC_BASE_URL points here, and has more behind the port than a base URL has: http://127.0.0.1:4141/v1/messages → Run: export ANTHROPIC_BASE_URL=http://127.0.0.1:4141',
	],
])(
	'a base URL that is nearly ours (%s) is told with ours',
	async ([url, says]) => {
		using there = testPlace({'home/config.toml': config});
		expect(await shell(there, {ANTHROPIC_BASE_URL: url})).toEqual([says]);
	},
);

test.for(['', '/', '/v1', '/v1/', '/v1/v1'])(
	'a base URL of ours with "%s" behind the port is fine',
	async (path) => {
		using there = testPlace({'home/config.toml': config});
		await using running = await passthroughOf(there.at('home'));
		expect(
			await shell(there, {ANTHROPIC_BASE_URL: running.url + path}),
		).toEqual(['ok: ANTHROPIC_BASE_URL points here.']);
	},
);
