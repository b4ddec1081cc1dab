import type {
	Active,
	Change,
	EndpointStanding,
	Pause,
} from '../../control/steering.js';
import type {InForce} from './in-force.js';

/**
How it is steered, for scripts. `active.alias` is null for as asked.
*/
export const steeringInJson = ({active, pause, config, steering}: InForce) => ({
	active: activeInJson(active),
	paused: pause.value.mode !== 'off',
	pause: pauseInJson(pause),
	endpoints: config.endpoints.map(({name}) =>
		endpointInJson(
			name,
			steering?.endpoints.find((standing) => standing.name === name),
		),
	),
	config:
		steering === undefined
			? null
			: {problem: steering.configProblem, readAt: steering.configReadAt},
});

const activeInJson = ({
	change,
	value,
	setBy: by,
	setAt: at,
	reason,
}: Change<Active>) => ({
	...value,
	setBy: by,
	// The config has no time of its own.
	setAt: change === 0 ? null : at,
	reason,
});

const pauseInJson = ({
	value,
	setBy: by,
	setAt: since,
	reason,
}: Change<Pause>) =>
	value.mode === 'off' ? null : {...value, setBy: by, since, reason};

const endpointInJson = (
	name: string,
	standing: EndpointStanding | undefined,
) => ({
	name,
	slots: standing?.slots ?? null,
	breaker: standing === undefined ? null : worstOf(standing),
	maxSlots: standing?.maxSlots ?? null,
	inUse: standing?.inUse ?? null,
	queued: standing?.queued ?? null,
	breakers: standing?.breakers ?? null,
});

/**
Of all targets at an endpoint.
*/
function worstOf({breakers}: EndpointStanding): 'open' | 'probing' | 'closed' {
	const states = new Set(breakers.map(({state}) => state));
	return (
		(['open', 'probing'] as const).find((state) => states.has(state)) ??
		'closed'
	);
}
