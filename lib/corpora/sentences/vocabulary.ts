/** Words by what they can be in a sentence; all are words that flite reads as they stand. */
export const openWords = {
  person: listOf(`
    actor artist aunt baker barber boy brother builder butcher captain carpenter chef chief child clerk
    coach cook cousin cowboy dancer daughter dentist doctor driver drummer duchess editor engineer
    farmer father fiddler fisherman friend gardener giant girl guard guest guide hunter husband
    janitor jeweler joker judge juggler king knight lady lawyer leader maid major man mayor merchant
    miner monk mother musician nephew neighbor nurse officer painter pilot pirate plumber poet porter
    prince princess prophet pupil queen ranger sailor scholar scout shepherd sheriff singer sister
    soldier stranger student tailor teacher thief tourist trader uncle usher waiter widow witch wizard
    woman writer youth toymaker
  `),
  animal: listOf(`
    ape badger bat bear beaver bee beetle bird bull camel cat cow crab crow deer dog donkey dove duck
    eagle elephant elk falcon fish fox frog giraffe goat goose hawk hen horse hound jackal kitten lamb
    leopard lion lizard monkey moose mouse mule otter owl ox oyster parrot pig pigeon pony puppy rabbit
    rat raven robin salmon seal shark sheep snail snake sparrow spider swan tiger toad turkey turtle
    viper vulture walrus wasp weasel whale wolf worm zebra
  `),
  thing: listOf(`
    anchor apple arrow axe badge bag ball banner basket battery bell belt bench bicycle blanket boat
    book boot bottle bowl box bracelet branch bread brick broom brush bucket button cable cake camera
    candle canoe cap card carpet cart chain chair chalk cheese cherry chest cloak clock cloth coat coin
    collar comb compass cookie cork corn crate crown cup curtain cushion desk dish doll door drawer
    dress drum egg engine envelope feather fence flag flower flute fork frame garlic gate gift glass
    glove guitar hammer harp hat helmet honey hook ivory jacket jar jewel judgment jug kettle key kite
    knife ladder lamp lantern leaf lemon letter light lock loom magnet map marble mask match medal
    melon milk mirror mitten mop motor mug nail napkin needle newspaper notebook nut oar onion orange
    oven package paddle pan paper peach pear pen pencil pepper piano picture pie pillow pin pipe pitcher
    plank plate plum pocket poem pole pot potato powder pump purse puzzle quilt radio raft rake razor
    ribbon ring robe rock rocket rope rug sack saddle sail sandal scarf scissors screw seed shawl
    shell shield ship shirt shoe shovel sign silk sketch sleigh soap sock song soup spade spoon stamp
    statue stick stone stool story stove string suit sugar sweater sword table tape tea telescope tent
    thread ticket tie tile toast tool torch towel toy tray treasure trophy trumpet tub tulip umbrella
    vase vest video violin wagon wallet watch wheel whistle window wire wool wreath yarn yoke
  `),
  place: listOf(`
    airport alley attic bakery bank barn basement bay beach bridge brook bungalow cabin camp canal
    canyon castle cathedral cave cellar chapel church city cliff coast college corner cottage court
    cove creek desert dock factory farm field ford forest fort fountain garage garden glacier grove hall
    harbor highway hill hotel house island jail jungle kitchen lake library lodge market meadow mill
    mine mountain museum office orchard palace park path pier plain plaza pond pool port prairie quarry
    ranch river road roof ruin school shed shop shore square stable stadium station store stream street
    studio swamp temple theater tower town trail tunnel valley village vineyard well wharf woods yard zoo
  `),
  quality: listOf(`
    able angry ancient awful bald big bitter black blue bold brave bright broad broken brown busy
    calm careful careless cautious charming cheap cheerful chilly clean clever clumsy cold common cool
    crazy crooked cruel curious damp dark deep dirty dizzy dry dull dusty eager early easy elegant
    empty fair famous fancy fast fat fierce fine firm foolish fresh friendly funny gentle glad
    golden good graceful gray great greedy green grumpy handsome happy hard healthy heavy hollow honest
    huge humble hungry jolly joyful kind large lazy lean little lonely long loose loud lovely lucky mad
    mild modern muddy narrow nasty neat new nice noisy odd old pale patient playful pleasant
    polite poor pretty proud pure quick quiet rare rich ripe rough round royal rude rusty sad safe
    serious shabby sharp shiny short shy silent silly simple sleepy slim slow small smart smooth soft
    sour spare steady steep stiff strange strong stubborn sturdy sweet tall tame thick thin
    thirsty tidy tiny tired tough ugly usual vague vast violet warm weak wealthy weary wet white wide
    wild wise wooden yellow young
  `),
  deed: listOf(`
    admired adored borrowed bought brought built buried carried carved caught chased chose cleaned
    collected copied counted covered delivered described discovered drew dropped examined fetched
    finished fixed followed forgot found gathered grabbed guarded handed hated heard held hid ignored
    imagined inspected joined kept kicked lifted liked lost loved measured mended missed moved needed
    noticed offered ordered owned packed painted polished praised pulled pushed raised received
    recognized remembered repaired requested returned rolled saved saw searched sold stole studied
    threw took touched traded used valued visited wanted washed watched weighed welcomed wrapped
  `),
  motion: listOf(`
    appeared arrived bowed climbed crawled cried danced dived dreamed drifted fell flew hopped hurried
    jumped knelt landed laughed leaned lived marched paused played prayed ran rested rushed sang
    sat shivered shouted skipped slept slid smiled sneezed stayed stood stumbled swam talked thought
    traveled trembled waited walked wandered whispered whistled worked yawned
  `),
  manner: listOf(`
    again always badly bravely calmly carefully daily easily eagerly finally gently
    gladly happily kindly loudly madly neatly nearly never nicely often once poorly proudly quickly
    quietly rarely rudely sadly safely seldom silently slowly smoothly softly soon strongly suddenly
    sweetly together twice usually warmly weekly wildly wisely
  `),
  name: listOf(`
    Adam Alice Anna Arthur Betty Carol Charles Clara David Dora Edward Ella Emma Ethan Felix Frank George
    Grace Hannah Harry Helen Henry Hugo Ida Irene Jack James Jane Joan John Joyce Julia Karl Kate Keith
    Laura Leo Lucy Maggie Martha Mary Max Megan Michael Molly Nancy Nathan Nora Oliver Oscar Paul Peggy
    Peter Rachel Ralph Robert Rosa Roy Ruth Sally Samuel Sarah Simon Sophie Susan Thomas Toby Tom Victor
    Vivian Walter Wendy William Zoe
  `),
} as const;

/** Words that hold sentences together; none of them is ever held out. */
export const closedWords = {
  article: listOf("the this that every another each our your my his her their some"),
  number: listOf("two three four five six seven eight nine ten twelve twenty fifty"),
  place: listOf(
    "in near behind beside below above beyond inside outside across around under over by from at past",
  ),
  time: listOf("yesterday today tonight later then afterward"),
  joint: listOf("and but while because when so until though"),
  with: listOf("with without for"),
} as const;

/** A class of words of which new ones are made in every language, such as things and deeds. */
export type OpenClass = keyof typeof openWords;

function listOf(words: string): readonly string[] {
  return words.trim().split(/\s+/);
}
