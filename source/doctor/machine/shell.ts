import {variable} from '../../config/environment.js';
import {pointingOf, shownUrl, urlToGive, type Pointing} from './pointing.js';
import {bad, ok, warn, type MachineCheck, type Remark} from './remark.js';
import {kindOf, type Scene} from './scene.js';

/**
Base URLs as agents find them in a shell; those of OpenAI's clients hold the version.
*/
const variables = [
	{name: 'ANTHROPIC_BASE_URL', withVersion: false},
	{name: 'OPENAI_BASE_URL', withVersion: true},
] as const;

type Variable = (typeof variables)[number];

export const shellCheck: MachineCheck = {
	check: 'shell',
	async look(scene) {
		const set = variables.flatMap((one) => {
			const value = variable(scene.env, one.name);
			return value === undefined ? [] : [{one, value}];
		});
		return set.length === 0
			? [
					ok(
						'No base URL is set in this shell: "tollgate run" sets it for the agent it starts, and for that alone.',
					),
				]
			: Promise.all(
					set.map(async ({one, value}) =>
						inWords(one, {
							value,
							scene,
							pointing: await pointingOf(value, scene),
						}),
					),
				);
	},
};

function inWords(
	{name, withVersion}: Variable,
	{
		value,
		scene,
		pointing,
	}: Readonly<{value: string; scene: Scene; pointing: Pointing}>,
): Remark {
	const url = shownUrl(value);
	const set = `export ${name}=${urlToGive(scene, {withVersion})}`;
	switch (pointing.kind) {
		case 'secure': {
			return bad(
				`${name} begins with https, and Tollgate speaks http on this machine.`,
				`Run: ${set}`,
			);
		}

		case 'here': {
			if (!isBase(value)) {
				return bad(
					`${name} points here, and has more behind the port than a base URL has: ${url}`,
					`Run: ${set}`,
				);
			}

			return kindOf(scene.found) === 'none'
				? bad(
						`${name} points here, to ${url}, and no passthrough runs.`,
						'Start one with tollgate or tollgate serve, or start the agent with tollgate run.',
					)
				: ok(`${name} points here.`);
		}

		case 'tollgate': {
			return warn(
				`${name} points to ${url}, the Tollgate of ${pointing.home}: what is started here counts there.`,
				`For this home: ${set}`,
			);
		}

		case 'program': {
			return warn(
				`${name} points to ${url}, where another program listens: an agent started here is not measured.`,
				`Start it with tollgate run, or: ${set}`,
			);
		}

		case 'nobody': {
			return bad(
				`${name} points to ${url}, where nobody listens: it is from a passthrough that is gone.`,
				`Unset it (unset ${name}), or: ${set}`,
			);
		}

		case 'away': {
			return warn(
				isEndpoint(value, scene)
					? `${name} names the endpoint that Tollgate uses, as there is no config: an agent started here goes there itself, and is not measured.`
					: `${name} points to ${url}: an agent started here goes past Tollgate.`,
				`Start it with tollgate run, or: ${set}`,
			);
		}
	}
}

/**
Clients put the path behind it themselves.
*/
const isBase = (value: string): boolean =>
	/^\/*(?:v1\/*)*$/.test(URL.parse(value)?.pathname ?? '');

/**
Without a config the variable says where requests go.
*/
const isEndpoint = (value: string, {config}: Scene): boolean =>
	config !== undefined &&
	config.file === undefined &&
	config.endpoints.some(({url}) => url.href === URL.parse(value)?.href);
