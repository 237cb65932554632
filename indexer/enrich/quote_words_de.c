/* quote_words_de.c -- German and Dutch: who says what, by which words. */
#include "indexer/enrich/quote_words_tables.h"

#include <stddef.h>

const char *const quote_title_ends_de[] = {
    "minister", "ministerin", "präsident", "präsidentin", "kanzler",
    "kanzlerin", "sprecher", "sprecherin", "chef", "chefin", "leiter",
    "leiterin", "führer", "führerin", "vorsitzende", "vorsitzender",
    "direktor", "direktorin", "richter", "richterin", "anwalt", "anwältin",
    "beauftragte", "beauftragter", "experte", "expertin", "meister",
    "meisterin", "politiker", "politikerin", "sekretär", "sekretärin",
    "forscher", "forscherin", "professor", "professorin", "kommissar",
    "kommissarin", "botschafter", "botschafterin", "trainer", "trainerin",
    "rat", "rätin", "abgeordnete", "abgeordneter", "manager", "managerin",
    "vorstand", "bischof", "bischöfin", "kandidat", "kandidatin", "berater",
    "beraterin", "general", "autor", "autorin", "könig", "königin", "ökonom",
    "ökonomin", "analyst", "analystin", "senator", "senatorin", NULL,
};

const struct quote_group quote_words_de[] = {
    { QW_SAY | QW_CUE, 92, "sagte sagt sagten sagen erklärte erklärt erklärten "
      "erklären betonte betont betonten betonen schrieb schreibt schrieben "
      "schreiben meinte meint meinten meinen äußerte äußert äußerten "
      "berichtete berichtet berichteten berichten meldete meldet meldeten "
      "behauptete behauptet behaupteten behaupten warnte warnt warnten warnen "
      "bestätigte bestätigt bestätigten bestätigen kommentierte kommentiert "
      "kommentierten bekräftigte bekräftigt bekräftigten unterstrich "
      "unterstreicht unterstrichen antwortete antwortet antworteten "
      "kritisierte kritisiert kritisierten forderte fordert forderten fordern "
      "hieß heißt erwiderte erwidert erwiderten versicherte versichert "
      "versicherten verkündete verkündet verkündeten erläuterte erläutert "
      "erläuterten ergänzte ergänzt ergänzten entgegnete entgegnet "
      "entgegneten argumentierte argumentiert argumentierten beteuerte "
      "beteuert beteuerten bemerkte bemerkt konstatierte konstatiert "
      "klagte klagt klagten beklagte beklagt beklagten mahnte mahnt mahnten "
      "fragte fragt fragten twitterte twittert prognostizierte prognostiziert "
      "mitteilte mitteilten gestand gesteht gestanden verlangte verlangt "
      "verlangten verriet resümierte resümiert urteilte urteilt urteilten "
      "schilderte schildert schilderten erzählte erzählt erzählten" },
    { QW_SAY | QW_CUE, 70, "teilte teilt teilten teilen fügte fügt fügten gab "
      "gibt gaben geben kündigte kündigt kündigten kündigen wies weist wiesen "
      "weisen räumte räumt räumten stellte stellt stellten begründete "
      "begründet begründeten vermutete vermutet vermuteten vermuten glaubt "
      "glaubte glauben ging geht gingen gehen warf wirft warfen werfen "
      "prangerte prangert prangerten appellierte appelliert empfahl empfiehlt "
      "empfahlen hob hebt hoben machte macht führte führt führten legte "
      "deutete deutet deuteten schätzte schätzt schätzten rechnet rechnete "
      "erwartet erwartete erwarten hofft hoffte hoffen fürchtet fürchtete "
      "befürchtet befürchtete befürchten plädierte plädiert drohte droht "
      "drohten versprach verspricht versprachen hielt hält halten sieht sah "
      "rief ruft riefen lobte lobt lobten angab angaben ankündigte bat bitten "
      "beschuldigte beschuldigt beschuldigten bezweifelte bezweifelt "
      "vertrat vertritt vertreten zweifelt gesagt mitgeteilt angekündigt "
      "vorgeworfen festgestellt beschlossen entschieden angegeben "
      "hingewiesen ausgesagt zugesagt gefordert versprochen geschrieben "
      "wonach stritt streitet" },
    { QW_CUE | QW_DENY, 80, "bestritt bestreitet bestritten dementierte "
      "dementiert dementierten leugnete leugnet leugneten" },
    { QW_OBJECT, 60, "nannte nennt nannten bezeichnete bezeichnet "
      "bezeichneten sprach spricht sprachen beschrieb beschreibt "
      "beschrieben würdigte würdigt würdigten wertete wertet werteten "
      "bewertete bewertet attackierte attackiert verurteilte verurteilt "
      "verurteilten titulierte" },
    { QW_ACC, 95, "laut nach_angaben_von nach_angaben gemäß nach_ansicht "
      "nach_meinung nach_aussage nach_einschätzung nach_den_worten nach_worten "
      "nach_auffassung nach_darstellung nach_informationen nach_berichten "
      "nach_aussagen nach_auskunft nach_erkenntnissen nach_überzeugung "
      "nach_aussage_von nach_aussagen_von nach_ansicht_von nach_den_worten_von "
      "nach_informationen_von nach_berichten_von nach_einschätzung_von "
      "nach_meinung_von nach_auffassung_von nach_darstellung_von "
      "nach_schätzung nach_schätzungen nach_schätzung_von nach_schätzungen_von "
      "nach_den_angaben nach_ersten_angaben nach_eigenen_angaben "
      "nach_bewertung nach_bewertung_von nach_mitteilung nach_den_aussagen "
      "nach_der_einschätzung nach_dem_bericht nach_einem_bericht "
      "unter_berufung_auf in_den_augen" },
    { QW_ACC, 18, "so" },
    { QW_POST, 91, "zufolge meinung_nach ansicht_nach auffassung_nach "
      "angaben_nach einschätzung_nach darstellung_nach überzeugung_nach "
      "aussage_nach" },
    { QW_THAT, 0, "dass daß ob wie warum weshalb wieso" },
    { QW_HE | QW_PRON, 0, "er" },
    { QW_SHE | QW_PRON, 0, "sie" },
    { QW_PRON, 0, "wir ich man" },
    { QW_PRON | QW_NOBODY, 0, "es das dies" },
    { QW_WHO, 0, "der_unter die_unter" },
    { QW_DET, 0, "der die das ein eine einer eines einem einen dem den des "
      "zwei drei vier mehrere viele alle beide einige manche andere anderen "
      "dieser diese dieses diesem diesen jener jede jeder kein keine "
      "zahlreiche weitere verschiedene sämtliche" },
    { QW_DET | QW_HIS, 0, "sein seine seiner seinem seinen seines ihr ihre "
      "ihrer ihrem ihren ihres unser unsere mein meine" },
    { QW_PREP, 0, "von vom für aus bei beim in im mit zu zur zum auf am an ans "
      "um über nach vor gegenüber gegen durch unter während seit ohne bis "
      "wegen trotz neben zwischen hinter statt innerhalb außerhalb entgegen "
      "angesichts aufgrund bezüglich ins" },
    { QW_CONJ, 0, "und aber oder sondern denn sowie" },
    { QW_AUX, 0, "hat haben hatte hatten kann können konnte konnten soll "
      "will wollen muss müssen musste darf dürfen" },
    { QW_TIME, 0, "auch zudem weiter außerdem noch nur bereits jetzt dazu "
      "daraufhin allerdings jedoch ferner weiterhin dann danach dabei zugleich "
      "gleichzeitig indes unterdessen schließlich ausdrücklich erneut wieder "
      "nun sich dagegen hingegen später zuvor zunächst kürzlich selbst hierzu "
      "darauf ebenfalls wiederum nicht" },
    { QW_BE, 0, "ist war sind waren wurde wird wurden werden worden" },
    { QW_TITLE | QW_MALE, 0, "herr herrn" },
    { QW_TITLE | QW_FEMALE, 0, "frau" },
    { QW_TITLE | QW_ABBREV, 0, "dr prof" },
    { QW_TITLE, 0, "minister ministerin präsident präsidentin kanzler "
      "kanzlerin sprecher sprecherin chef chefin leiter leiterin premier "
      "premierminister vorsitzende vorsitzender direktor direktorin richter "
      "richterin anwalt anwältin professor professorin senator senatorin "
      "bischof papst könig königin prinz general botschafter kommissar "
      "abgeordnete abgeordneter experte expertin meteorologe seismologe "
      "staatspräsident republikaner demokrat staatsanwalt staatsanwältin" },
    { QW_ABBREV, 0, "z b u a d h ca bzw mio mrd nr st evtl vgl sog usw etc "
      "jan feb aug sept okt nov dez" },
    { QW_ROLE, 0, "experten polizei behörden medien kritiker forscher "
      "angaben medienberichten berichten beobachter wissenschaftler "
      "zeugenaussagen behördenangaben polizeiangaben augenzeugen zeugen "
      "presseberichten agenturberichten agenturmeldungen medienangaben "
      "regierungskreise diplomaten ermittler ärzte anwohner politiker "
      "oppositionelle aktivisten gewerkschaften staatsanwaltschaft meldung "
      "meldungen meldungen angabe militärangaben meteorologen analysten "
      "umfragen presse opposition regierung sprecher vertreter" },
    { QW_TIME, 0, "montag dienstag mittwoch donnerstag freitag samstag sonntag "
      "gestern heute vorgestern morgen januar februar märz april mai juni juli "
      "august september oktober november dezember vormittag nachmittag abend "
      "mittag" },
    { QW_START, 0, "in am im nach als während wenn bei vor seit nachdem obwohl "
      "da weil falls bevor" },
    { QW_LINK, 0, "van de al bin el" },
    { QW_FINITE, 0, "sei seien habe werde würde würden hätte hätten könne "
      "müsse müssten solle wolle dürfe gebe stehe gehe komme könnten könnte "
      "bleibe bestehe liege mache gelte sehe brauche wäre wären gäbe dürfte "
      "dürften handele handle finde nehme lasse sollten wollten möge führe "
      "halte wisse tue spreche trage bringe laufe heiße zeige arbeite erhalte "
      "bekomme verliere verstehe erwarte hoffe glaube denke sage stelle lebe "
      "scheine gehöre beginne ende helfe diene fehle werfe nutze setze leide" },
    { QW_MALE, 0, "peter hans klaus wolfgang jürgen michael thomas andreas "
      "stefan frank uwe bernd dieter werner günter helmut gerhard horst heinz "
      "karl martin christian markus matthias olaf robert friedrich joachim "
      "rainer ralf volker sigmar frank-walter karl-theodor hans-peter jens "
      "johannes paul otto ludwig franz josef kurt walter alexander daniel "
      "tobias sebastian philipp jan lars sven ulrich reinhard manfred "
      "siegfried george john barack donald wladimir nicolas emmanuel tony "
      "david james william robert guido heiko norbert winfried armin boris cem "
      "gregor" },
    { QW_FEMALE, 0, "angela ursula annegret andrea anna maria petra sabine "
      "monika claudia susanne birgit christine renate ulla brigitte barbara "
      "julia katrin katja sandra nicole stefanie annette heidemarie manuela "
      "franziska svenja katarina annalena sahra hillary condoleezza "
      "elisabeth" },
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
