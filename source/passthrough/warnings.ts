import {createHash} from 'node:crypto';
import {cleanName} from '../exchange/clean.js';
import {clientsOf} from '../usage-log/clients-of.js';
import type {Recorder} from '../usage-log/recorder.js';
import {headerOf} from './headers.js';
import {keyTo} from './key-to.js';
import {noLocalKey} from './local-key.js';
import type {Routed} from './stage.js';

/**
A key that fewer requests came with has no habits yet.
*/
const fewestRequests = 20;
const mostWarnings = 20;

/**
What is odd about keys and credentials, each told once in a run. A credential is told by its fingerprint.
*/
export class Warnings {
	readonly #recorder: Pick<Recorder, 'look'>;
	readonly #texts = new Map<string, string>();
	/**
	The programs that each key is known to be used by.
	*/
	readonly #clients = new Map<string, Set<string>>();

	constructor(recorder: Pick<Recorder, 'look'>) {
		this.#recorder = recorder;
	}

	/**
	In the order they came.
	*/
	get all(): readonly string[] {
		return [...this.#texts.values()];
	}

	/**
	Looks at a request on its way.
	*/
	look(routed: Routed): void {
		this.#lookAtClient(routed);
		const {endpoint, bearer, request} = routed;
		const {hostname} = endpoint.config.url;
		// A local key is left behind: what goes is what came beside it.
		const given = (name: string) =>
			bearer.headers.includes(name)
				? undefined
				: headerOf(request.rawHeaders, name);
		const secret =
			keyTo(endpoint, bearer) ??
			given('x-api-key') ??
			given('authorization')?.replace(/^bearer\s+/iv, '');
		if (secret === undefined || isAtHome(secret, hostname)) {
			return;
		}

		const mark = fingerprint(secret);
		this.#add(
			`${mark}\n${hostname}`,
			secret.startsWith('sk-ant-')
				? `An Anthropic key (${mark}) goes to ${hostname}, which is not Anthropic's: see key in [endpoints.${endpoint.config.name}].`
				: `A key that is none of Anthropic's (${mark}) goes to ${hostname}: see key in [endpoints.${endpoint.config.name}].`,
		);
	}

	/**
	A key that turns up in another program than it was always used by may have got about.
	*/
	#lookAtClient({bearer: {key}, beginning}: Routed): void {
		const client = programOf(beginning.client);
		if (key === noLocalKey || client === undefined) {
			return;
		}

		const known = this.#clientsOf(key);
		if (known === undefined || known.has(client)) {
			return;
		}

		this.#add(
			`${key}\n${client}`,
			`Key ${key} is used by ${client} for the first time; until now by ${[...known].join(', ')}. If that is not you: tollgate key revoke ${key}.`,
		);
		known.add(client);
	}

	/**
	Undefined where too little is known of it.
	*/
	#clientsOf(key: string): Set<string> | undefined {
		const known = this.#clients.get(key);
		if (known !== undefined) {
			return known;
		}

		const found = this.#recorder.look((db) => clientsOf(db, key));
		const programs = new Set(
			(found?.clients ?? []).flatMap((client) => programOf(client) ?? []),
		);
		if (
			found === undefined ||
			found.requests < fewestRequests ||
			programs.size === 0
		) {
			return undefined;
		}

		this.#clients.set(key, programs);
		return programs;
	}

	#add(about: string, text: string): void {
		if (this.#texts.size < mostWarnings && !this.#texts.has(about)) {
			this.#texts.set(about, text);
		}
	}
}

/**
Anthropic's keys begin with `sk-ant-`; those of OpenAI and of gateways with `sk-` and something else. Others
may be anybody's.
*/
function isAtHome(secret: string, hostname: string): boolean {
	const isAnthropics =
		hostname === 'anthropic.com' || hostname.endsWith('.anthropic.com');
	return secret.startsWith('sk-ant-')
		? isAnthropics
		: !(isAnthropics && secret.startsWith('sk-'));
}

const fingerprint = (secret: string): string =>
	`sha256:${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;

/**
`claude-cli/2.1.330` is `claude-cli`.
*/
function programOf(client: string | null | undefined): string | undefined {
	const name = cleanName(client ?? '').split('/', 1)[0]!;
	return name === '' ? undefined : name;
}
