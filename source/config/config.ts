import type {Price} from '../exchange/price.js';
import type {Bindings} from './monitor-keys.js';
import type {ValuesOf} from './setting.js';
import type {
	aliasSettings,
	concurrencySettings,
	daySettings,
	endpointSettings,
	guardSettings,
	holdSettings,
	keySettings,
	logSettings,
	retrySettings,
	routingSettings,
	serverSettings,
} from './settings.js';
import type {Lines} from './toml-lines.js';

type Complete<Values> = {
	readonly [Key in keyof Values]: NonNullable<Values[Key]>;
};

/**
`log` is an absolute path.
*/
export type ServerConfig = ValuesOf<typeof serverSettings>;
type EndpointValues = ValuesOf<typeof endpointSettings>;
/**
`auth` is undefined where each request's own format decides.
*/
export type Endpoint = Readonly<{name: string}> &
	Complete<Omit<EndpointValues, 'auth'>> &
	Pick<EndpointValues, 'auth'>;
/**
`timezone` is `system` or an IANA name, `startsAt` is `HH:MM`.
*/
export type DayConfig = ValuesOf<typeof daySettings>;
export type LogConfig = ValuesOf<typeof logSettings>;
/**
`system` is undefined where nothing is added.
*/
export type Alias = Readonly<{name: string}> & ValuesOf<typeof aliasSettings>;
/**
`endpoint` is the name of one. `active` and `background` are names of aliases, or `as-asked`.
*/
export type RoutingConfig = Complete<ValuesOf<typeof routingSettings>>;
export type RetryConfig = ValuesOf<typeof retrySettings>;
export type HoldConfig = ValuesOf<typeof holdSettings>;
export type ConcurrencyConfig = ValuesOf<typeof concurrencySettings>;
export type GuardConfig = ValuesOf<typeof guardSettings>;
type KeyValues = ValuesOf<typeof keySettings>;
/**
A local key. The caps are undefined where there is none. `hash` is `sha256:` and the hash of its secret,
undefined where it has none. `credentials`: where its own keys come from, by endpoint.
*/
export type KeyConfig = Readonly<{name: string}> &
	Complete<Pick<KeyValues, 'credentials'>> &
	Omit<KeyValues, 'credentials'>;
/**
What the user says a model costs.
*/
export type ModelPrice = Readonly<{model: string; price: Price}>;

/**
The config in force: the file, the flags and the defaults. Holds no secrets.
*/
export type Config = Readonly<{
	server: ServerConfig;
	/**
	In the order of the file; at least one.
	*/
	endpoints: readonly Endpoint[];
	routing: RoutingConfig;
	aliases: readonly Alias[];
	retry: RetryConfig;
	hold: HoldConfig;
	concurrency: ConcurrencyConfig;
	guard: GuardConfig;
	/**
	In the order of the file. `default` is the key of requests that have none; it need not be there.
	*/
	keys: readonly KeyConfig[];
	prices: readonly ModelPrice[];
	day: DayConfig;
	log: LogConfig;
	/**
	What the keys of the monitor are pressed by.
	*/
	monitorKeys: Bindings;
	/**
	The file that was read, undefined where there is none.
	*/
	file: string | undefined;
	/**
	Where its settings stand there.
	*/
	lines: Lines;
}>;
