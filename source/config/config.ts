import type {Price} from '../exchange/price.js';
import type {Target} from './endpoint-kinds.js';
import type {ValuesOf} from './setting.js';
import type {
	daySettings,
	endpointSettings,
	logSettings,
	serverSettings,
} from './settings.js';

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
export type Alias = Readonly<{name: string; targets: readonly Target[]}>;
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
	/**
	`endpoint` is the name of one of them.
	*/
	routing: Readonly<{endpoint: string}>;
	aliases: readonly Alias[];
	prices: readonly ModelPrice[];
	day: DayConfig;
	log: LogConfig;
	/**
	The file that was read, undefined where there is none.
	*/
	file: string | undefined;
}>;
