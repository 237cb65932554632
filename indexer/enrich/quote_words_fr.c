/* quote_words_fr.c -- the Romance languages: who says what, by which words. */
#include "indexer/enrich/quote_words_tables.h"

const struct quote_group quote_words_fr[] = {
    { QW_CUE | QW_DENY, 80, "dément démenti réfute réfuté" },
    { QW_SAY | QW_CUE, 90, "dit déclare déclaré affirme affirmé explique "
      "expliqué assure assuré ajoute ajouté estime estimé souligne souligné "
      "précise précisé indique indiqué annonce annoncé rappelle rappelé "
      "écrit raconte raconté répond répondu lance lancé conclut regrette "
      "regretté dénonce dénoncé reconnaît reconnu prévient prévenu confie "
      "confié a-t-il_dit dit-il a-t-il_déclaré a-t-elle_déclaré "
      "a-t-il_ajouté a-t-elle_ajouté a-t-il_affirmé a-t-il_expliqué "
      "a-t-il_estimé promis juge jugé insiste insisté" },
    { QW_OBJECT, 60, "qualifié qualifie" },
    { QW_ACC, 93, "selon d'après" },
    { QW_THAT, 0, "que qu'il qu'elle qu'un qu'une qu'ils si comment" },
    { QW_HE | QW_PRON, 0, "il" }, { QW_SHE | QW_PRON, 0, "elle" },
    { QW_PRON, 0, "ils elles nous on je" },
    { QW_PRON | QW_NOBODY, 0, "cela ce ça c'est" }, { QW_WHO, 0, "qui" },
    { QW_DET, 0, "le la les un une des l" },
    { QW_DET | QW_HIS, 0, "son sa ses leur leurs" },
    { QW_PREP, 0, "de du des à au aux en dans pour avec sur par chez lors "
      "après avant depuis" },
    { QW_CONJ, 0, "et mais ou" },
    { QW_AUX, 0, "a ont avait avaient aussi également ensuite encore n'a pas "
      "en s'est a-t-il a-t-elle" },
    { QW_BE, 0, "est était sont étaient été" },
    { QW_TITLE | QW_MALE | QW_ABBREV, 0, "m" },
    { QW_TITLE | QW_FEMALE, 0, "mme" },
    { QW_TITLE, 0, "président ministre premier présidente première" },
    { QW_START, 0, "en dans après lorsque quand pendant depuis" },
    { QW_LINK, 0, "de du le la" },
    { 0, 0, NULL },
};

const struct quote_group quote_words_es[] = {
    { QW_CUE | QW_DENY, 80, "negó niega desmintió desmiente" },
    { QW_SAY | QW_CUE, 90, "dijo dice afirmó afirma declaró declara aseguró "
      "asegura explicó explica señaló señala añadió agregó indicó sostuvo "
      "sostiene manifestó advirtió destacó subrayó anunció escribió "
      "respondió insistió recordó reconoció apuntó expresó dicho afirmado "
      "declarado asegurado explicado señalado añadido" },
    { QW_OBJECT, 60, "calificó tildó llamó" },
    { QW_ACC, 93, "según de_acuerdo_con" }, { QW_THAT, 0, "que si cómo" },
    { QW_HE | QW_PRON, 0, "él" }, { QW_SHE | QW_PRON, 0, "ella" },
    { QW_PRON, 0, "ellos nosotros yo" }, { QW_WHO, 0, "quien" },
    { QW_DET, 0, "el la los las un una" }, { QW_DET | QW_HIS, 0, "su sus" },
    { QW_PREP, 0, "de del a al en para con por sobre tras desde durante" },
    { QW_CONJ, 0, "y pero o" }, { QW_AUX, 0, "ha han había también no se" },
    { QW_BE, 0, "es era fue son sido" },
    { QW_TITLE, 0, "presidente ministro ministra señor señora" },
    { QW_START, 0, "en tras cuando durante al" }, { QW_LINK, 0, "de la del" },
    { 0, 0, NULL },
};

const struct quote_group quote_words_it[] = {
    { QW_CUE | QW_DENY, 80, "negato nega smentito smentisce" },
    { QW_SAY | QW_CUE, 90, "detto dice disse dichiarato afferma affermato "
      "spiega spiegato aggiunge aggiunto sottolinea sottolineato sostiene "
      "assicura assicurato annunciato scrive scritto ricorda risposto "
      "avverte conclude concluso commenta commentato" },
    { QW_ACC, 93, "secondo" }, { QW_THAT, 0, "che se come" },
    { QW_HE | QW_PRON, 0, "lui egli" }, { QW_SHE | QW_PRON, 0, "lei" },
    { QW_PRON, 0, "loro noi io" }, { QW_DET, 0, "il lo la i gli le un una" },
    { QW_DET | QW_HIS, 0, "suo sua" },
    { QW_PREP, 0, "di del della dei a al in nel nella per con su da dal" },
    { QW_CONJ, 0, "e ed ma o" }, { QW_AUX, 0, "ha hanno aveva anche poi non" },
    { QW_BE, 0, "è era sono stato" }, { QW_START, 0, "in dopo quando" },
    { QW_LINK, 0, "di de della" }, { 0, 0, NULL },
};

const struct quote_group quote_words_pt[] = {
    { QW_CUE | QW_DENY, 80, "negou nega desmentiu" },
    { QW_SAY | QW_CUE, 90, "disse diz afirmou afirma declarou explicou "
      "explica acrescentou destacou ressaltou escreveu anunciou garantiu "
      "respondeu lembrou informou alertou apontou contou defendeu" },
    { QW_ACC, 93, "segundo de_acordo_com" }, { QW_THAT, 0, "que se como" },
    { QW_HE | QW_PRON, 0, "ele" }, { QW_SHE | QW_PRON, 0, "ela" },
    { QW_PRON, 0, "eles elas nós eu" }, { QW_DET, 0, "o a os as um uma" },
    { QW_DET | QW_HIS, 0, "seu sua" },
    { QW_PREP, 0, "de do da dos das em no na para com por sobre ao à" },
    { QW_CONJ, 0, "e mas ou" }, { QW_AUX, 0, "tem também ainda não" },
    { QW_BE, 0, "é era foi são" }, { QW_START, 0, "em quando após" },
    { QW_LINK, 0, "da de do dos" }, { 0, 0, NULL },
};
