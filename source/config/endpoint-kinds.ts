import {good, otherThan, wrong, type Kind} from './kinds.js';
import {printable} from './printable.js';

/**
Where the key of an endpoint comes from. `agent`: the client's own credential is passed on.
*/
export type KeySource =
	| Readonly<{kind: 'agent'}>
	| Readonly<{kind: 'env'; variable: string}>
	| Readonly<{kind: 'cmd'; command: string}>;

export const authSchemes = ['bearer', 'x-api-key', 'both'] as const;
export type AuthScheme = (typeof authSchemes)[number];

/**
`inject`: usage is asked for in OpenAI streams that did not ask. `observe`: never.
*/
export const openaiUsages = ['inject', 'observe'] as const;
export type OpenaiUsage = (typeof openaiUsages)[number];

/**
An API's address, with a query that goes with every request if it has one. No reading repeats it: it
may hold a password.
*/
export const baseUrl: Kind<URL> = {
	allowed: 'the base URL of the API, like "https://api.anthropic.com"',
	read(found) {
		if (typeof found !== 'string') {
			return otherThan(found);
		}

		const url = URL.parse(found);
		if (url === null || url.hostname === '') {
			return wrong('is not a URL');
		}

		if (url.protocol !== 'http:' && url.protocol !== 'https:') {
			return wrong(
				`begins with "${printable(url.protocol)}"`,
				'Only http:// and https:// are spoken.',
			);
		}

		if (url.username !== '' || url.password !== '') {
			return wrong(
				'holds a credential',
				'Take it out of the URL and name it in key = "env:…".',
			);
		}

		return url.hash === ''
			? good(url)
			: wrong('has a fragment', 'Write the URL up to the "#".');
	},
};

/**
What is found is never repeated: people paste keys here.
*/
export const keySource: Kind<KeySource> = {
	allowed:
		'"env:NAME" (a variable), "cmd:COMMAND" (what it prints) or "agent" (pass on the agent\'s own)',
	read(found) {
		if (found === 'agent') {
			return good({kind: 'agent'});
		}

		const said = typeof found === 'string' ? found : '';
		const {kind, rest} =
			/^(?<kind>env|cmd):(?<rest>.*)$/s.exec(said)?.groups ?? {};
		const place = rest?.trim() ?? '';
		if (kind === 'cmd') {
			return place === ''
				? wrong('names no command')
				: good({kind, command: place});
		}

		if (kind === 'env') {
			return /^[a-z_]\w*$/i.test(place)
				? good({kind, variable: place})
				: wrong('does not name a variable');
		}

		return wrong(
			'does not say where to get the key (a key itself does not belong in this file)',
		);
	},
};

/**
An endpoint and a model of it; the model may hold further slashes.
*/
export type Target = Readonly<{endpoint: string; model: string}>;

export const target: Kind<Target> = {
	allowed: '"ENDPOINT/MODEL"',
	read(found) {
		const {endpoint, model} =
			/^(?<endpoint>[^/]+)\/(?<model>\P{Other}+)$/u.exec(String(found))
				?.groups ?? {};
		return typeof found === 'string' && endpoint !== undefined && model?.trim()
			? good({endpoint, model})
			: otherThan(found);
	},
};
