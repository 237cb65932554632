/* quote_words_de.c -- German and Dutch: who says what, by which words. */
#include "indexer/enrich/quote_words_tables.h"

const struct quote_group quote_words_de[] = {
    { QW_SAY | QW_CUE, 92, "sagte sagt erklärte erklärt betonte betont "
      "mitteilte teilte schrieb schreibt meinte meint äußerte berichtete "
      "berichtet berichteten meldete meldet sagten erklärten behauptete "
      "behauptet warnte bestätigte fügte gab gaben kommentierte bekräftigte "
      "unterstrich antwortete kritisierte forderte hieß heißt erwiderte "
      "vermutet glaubt kündigte wies begründete räumte stellte teilten "
      "versicherte verkündete" },
    { QW_CUE | QW_DENY, 80, "bestritt bestreitet dementierte dementiert "
      "leugnete leugnet" },
    { QW_OBJECT, 60, "nannte bezeichnete bezeichnet sprach" },
    { QW_ACC, 95, "laut nach_angaben_von nach_angaben_der nach_angaben_des "
      "nach_angaben gemäß nach_ansicht nach_meinung nach_aussage "
      "nach_einschätzung nach_den_worten nach_worten nach_auffassung "
      "nach_darstellung nach_informationen nach_berichten nach_aussagen "
      "nach_auskunft nach_erkenntnissen nach_überzeugung nach_aussage_von "
      "nach_aussagen_von nach_ansicht_von nach_den_worten_von "
      "nach_informationen_von nach_berichten_von" },
    { QW_POST, 91, "zufolge" },
    { QW_THAT, 0, "dass daß ob wie warum" },
    { QW_HE | QW_PRON, 0, "er" },
    { QW_SHE | QW_PRON, 0, "sie" },
    { QW_PRON, 0, "wir ich man" },
    { QW_PRON | QW_NOBODY, 0, "es das dies" },
    { QW_WHO, 0, "der_unter die_unter" },
    { QW_DET, 0, "der die das ein eine einer dem den des einem zwei mehrere "
      "viele alle beide einige" },
    { QW_DET | QW_HIS, 0, "sein seine ihr ihre seiner ihrer" },
    { QW_PREP, 0, "von vom für aus bei beim in im mit zu zur zum auf am an um "
      "über nach vor gegenüber gegen durch unter während seit" },
    { QW_CONJ, 0, "und aber oder sondern denn" },
    { QW_AUX, 0, "hat haben hatte auch zudem weiter außerdem noch nur bereits "
      "jetzt gestern heute dazu daraufhin allerdings jedoch" },
    { QW_BE, 0, "ist war sind waren wurde wird wurden" },
    { QW_TITLE | QW_MALE, 0, "herr" }, { QW_TITLE | QW_FEMALE, 0, "frau" },
    { QW_TITLE | QW_ABBREV, 0, "dr prof" },
    { QW_ABBREV, 0, "z b u a d h ca bzw mio mrd nr st" },
    { QW_ROLE, 0, "experten polizei behörden medien kritiker forscher "
      "angaben medienberichten berichten beobachter wissenschaftler" },
    { QW_TIME, 0, "montag dienstag mittwoch donnerstag freitag samstag sonntag "
      "gestern heute" },
    { QW_START, 0, "in am im nach als während wenn bei vor seit" },
    { QW_REPORT, 0, "sei seien habe werde würde würden hätte hätten könne "
      "müsse müssten solle wolle dürfe gebe stehe gehe komme könnten "
      "bleibe bestehe liege mache gelte sehe brauche wäre wären" },
    { 0, 0, NULL },
};

const struct quote_group quote_words_nl[] = {
    { QW_CUE | QW_DENY, 80, "ontkent ontkende" },
    { QW_SAY | QW_CUE, 90, "zei zegt zeggen zeiden verklaarde verklaart meldt "
      "meldde schrijft schreef stelt stelde benadrukte vertelde vertelt "
      "waarschuwde vindt antwoordde laat_weten liet_weten aldus" },
    { QW_OBJECT, 60, "noemde noemt" },
    { QW_ACC, 93, "volgens" },
    { QW_THAT, 0, "dat of hoe waarom" },
    { QW_HE | QW_PRON, 0, "hij" }, { QW_SHE | QW_PRON, 0, "zij ze" },
    { QW_PRON, 0, "wij we ik" }, { QW_PRON | QW_NOBODY, 0, "het dit" },
    { QW_DET, 0, "de het een" }, { QW_DET | QW_HIS, 0, "zijn haar hun" },
    { QW_PREP, 0, "van voor uit bij in met te op om over na tegen aan" },
    { QW_CONJ, 0, "en maar" }, { QW_AUX, 0, "ook heeft had hebben nog" },
    { QW_BE, 0, "is was zijn werd wordt" },
    { QW_START, 0, "in op na als toen bij" }, { QW_LINK, 0, "van de der den" },
    { QW_ROLE, 0, "deskundigen politie bronnen" },
    { 0, 0, NULL },
};
