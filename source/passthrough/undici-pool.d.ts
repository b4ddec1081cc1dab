// Only what serving needs is loaded: all of undici costs a tenth of a second at every start.
declare module 'undici/lib/dispatcher/pool.js' {
	export {Pool as default} from 'undici';
}
