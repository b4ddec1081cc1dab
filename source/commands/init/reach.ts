import {parseToml} from '../../config/config-file.js';
import {settingLine} from '../../config/edit-toml.js';
import {findCredentials} from '../../config/credentials.js';
import type {Endpoint} from '../../config/config.js';
import {loopProblem} from '../../config/loop.js';
import type {Problem} from '../../config/problem.js';
import {readEndpoints} from '../../config/read-endpoints.js';
import {inShell} from '../../config/run-command.js';
import type {Ask} from '../../doctor/ask.js';
import {probe, type Probe} from '../../doctor/probe.js';
import {proxyFor} from '../../policy/proxy.js';
import {fixOf} from '../doctor/key-for.js';
import {Left} from './asker.js';
import {endpointName} from './endpoint-name.js';
import type {Reach} from './place.js';

/**
Asks endpoints as the doctor does, with the key from where it is said to be: fetched once for each place. Throws Left
when `left` aborts.
*/
export function reachEndpoint({
	env,
	ask,
	left,
}: Readonly<{env: NodeJS.ProcessEnv; ask: Ask; left: AbortSignal}>): Reach {
	return async ({url, key}) => {
		const endpoint = endpointOf(url, key);
		const loop = loopProblem([endpoint], {port: usualPort, env});
		if (loop !== undefined) {
			return failed(url, 'url', loop);
		}

		const {credentials, problems} = await unlessLeft(
			findCredentials(
				{endpoints: [endpoint], keys: []},
				{env, runCommand: inShell({env, signal: left})},
			),
			left,
		);
		return problems[0] === undefined
			? unlessLeft(
					probe({
						url,
						credential: credentials.get(endpoint.name)?.reveal(),
						keyName: keyNameOf(endpoint),
						proxy: proxyFor(endpoint.url, env)?.host,
						ask: async (request) => ask({...request, signal: left}),
					}),
					left,
				)
			: failed(url, 'key', {
					...problems[0],
					hint: fixOf(problems[0].hint, endpoint.key) ?? problems[0].hint,
				});
	};
}

const usualPort = 4141;

function endpointOf(url: string, key: string): Endpoint {
	const problems: Problem[] = [];
	const table = parseToml(
		`${settingLine('url', url)}\n${settingLine('key', key)}\n`,
		'',
	);
	const [endpoint] = readEndpoints([[endpointName(url), table]], (problem) => {
		problems.push(problem);
	});
	if (endpoint === undefined) {
		throw new Error(
			`An answer was taken that is not understood: ${problems[0]?.says}`,
		);
	}

	return endpoint;
}

function keyNameOf({key}: Endpoint): string {
	switch (key.kind) {
		case 'env': {
			return key.variable;
		}

		case 'cmd': {
			return 'what the command prints';
		}

		case 'agent': {
			return 'the agent';
		}
	}
}

const failed = (url: string, check: string, {says, hint}: Problem): Probe => ({
	url,
	works: false,
	formats: [],
	models: [],
	auth: undefined,
	findings: [{check, standing: 'bad', said: says, fix: hint}],
});

/**
What is still under way is let go of.
*/
async function unlessLeft<Value>(
	under: Promise<Value>,
	left: AbortSignal,
): Promise<Value> {
	const {promise, reject} = Promise.withResolvers<never>();
	const leave = () => {
		reject(new Left());
	};

	left.addEventListener('abort', leave, {once: true});
	if (left.aborted) {
		leave();
	}

	try {
		return await Promise.race([under, promise]);
	} finally {
		left.removeEventListener('abort', leave);
	}
}
