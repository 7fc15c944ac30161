/** opencc-js ships its dictionaries as modules without types: pairs `traditional simplified [others]`, joined by `|`. */
declare module 'opencc-js/dict/TSCharacters' {
  const pairs: string;
  export default pairs;
}
