/** stub */
export { historical as fairWeather } from './scenario.ts';
