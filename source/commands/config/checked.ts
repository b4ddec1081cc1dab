import type {Config} from '../../config/config.js';
import type {Home} from '../../config/home.js';
import type {SettingInForce} from '../../config/settings-in-force.js';

export type Wrong = Readonly<{
	/**
	In the config's file; undefined for what does not stand there.
	*/
	line: number | undefined;
	/**
	E.g. `routing.active`; undefined where the file cannot be read or understood at all.
	*/
	setting: string | undefined;
	says: string;
	hint: string;
}>;

/**
What came of looking at a config.
*/
export type Checked = Readonly<{
	home: Home;
	/**
	Undefined where there is none.
	*/
	file: string | undefined;
	problems: readonly Wrong[];
	/**
	Undefined where something is wrong in the file itself.
	*/
	config: Config | undefined;
	/**
	None where there are problems.
	*/
	settings: readonly SettingInForce[];
}>;

/**
A passthrough that serves this home.
*/
export type Running = Readonly<{
	url: string;
	pid: number;
	/**
	Whether what it has in force is what the file says; undefined where the file cannot be understood.
	*/
	hasThis: boolean | undefined;
	/**
	What it says is wrong with the file.
	*/
	problem: string | undefined;
}>;
