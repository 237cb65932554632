/* date_words.c -- what the words inside dates mean.
 *
 * Names are kept in full and a cut name matches the first that begins with
 * it, so that "nov", "novem" and "novembre" need one row.  Where a cut would
 * be read as the wrong month (jun of "juin"), the short form stands first.
 *
 *   "nov" -> 11     "mar" -> 3 (a weekday too: date_parse.c)    "uhr" -> filler
 */
#include "common/base/date_words.h"

/* One row a month; a blank after each name. */
static const char *const months[12] = {
    "january januar jänner janvier enero ene gennaio janeiro januari января "
    "янв jan ",
    "february februar feber février fevrier fév fev febrero febbraio "
    "fevereiro februari февраля ",
    "march märz maerz mrz mars marzo março marco maart mrt марта ",
    "april avril avr abril abr aprile апреля ",
    "may mai mayo maggio mag maio mei мая май ",
    "june juni juin junio giugno giu junho июня июнь ",
    "july juli juillet juil julio luglio lug julho июля июль ",
    "august août aout aoû agosto ago augustus августа ",
    "september septembre sept septiembre setiembre settembre setembro "
    "сентября ",
    "october oktober octobre octubre ottobre outubro октября ",
    "november novembre noviembre novembro ноября ",
    "december dezember décembre decembre déc diciembre dicembre dezembro "
    "декабря ",
};

/* More languages, in the case that dates have; these match whole, since a
 * cut one would often be another month. */
static const char *const whole_months[12] = {
    "januar januára januarja januara január jaanuar janúar janvāris "
    "janvārī ianuarie januarie gener ledna stycznia siječnja sausio "
    "ocak januari tammikuuta tammikuu януари јануара січня Ιανουαρίου "
    "ιανουαρίου يناير جانفي ژانویه ינואר בינואר जनवरी জানুয়ারি جنوری "
    "มกราคม ",
    "februára februarja februara február veebruar febrúar februāris "
    "februārī februarie febrer pebrero pebruari února lutego veljače "
    "vasario şubat Şubat helmikuuta helmikuu фебруара лютого "
    "Φεβρουαρίου φεβρουαρίου فبراير فيفري فوریه פברואר בפברואר फरवरी "
    "फ़रवरी ফেব্রুয়ারি فروری กุมภาพันธ์ ",
    "marts marca március märts martā martie maret machi marso marta "
    "března ožujka kovo mart maaliskuuta maaliskuu марта березня "
    "Μαρτίου μαρτίου مارس मार्च মার্চ مارچ מרץ במרץ מרס במרס มีนาคม ",
    "aprila apríla április aprill apríl aprīlis aprīlī aprilie dubna "
    "kwietnia travnja balandžio nisan huhtikuuta huhtikuu април априла "
    "квітня Απριλίου απριλίου أبريل ابريل إبريل أفريل آوریل אפריל "
    "באפריל अप्रैल এপ্রিল اپریل เมษายน ",
    "maj maja mája május maí maijs maijā maig května svibnja gegužės "
    "mayıs toukokuuta toukokuu май маја травня Μαΐου μαΐου Μαίου μαίου "
    "مايو ماي מאי במאי मई মে مئی พฤษภาคม ",
    "junija juna júna június juuni júní jūnijs jūnijā iunie junie juny "
    "hunyo června czerwca lipnja birželio haziran kesäkuuta kesäkuu "
    "юни јуна червня Ιουνίου ιουνίου يونيو يونيه جوان ژوئن יוני ביוני "
    "जून জুন جون มิถุนายน ",
    "julija jula júla július juuli júlí jūlijs jūlijā iulie julie "
    "juliol julai hulyo července lipca srpnja liepos temmuz heinäkuuta "
    "heinäkuu юли јула липня Ιουλίου ιουλίου يوليو يوليه جويلية ژوئیه "
    "יולי ביולי जुलाई জুলাই جولائی กรกฎาคม ",
    "avgusta augusta augusztus augusts augustā ágúst agost agosti "
    "agustus srpna sierpnia kolovoza rugpjūčio ağustos elokuuta elokuu "
    "август августа серпня Αυγούστου αυγούστου أغسطس اغسطس أوت اوت "
    "אוגוסט באוגוסט अगस्त আগস্ট اگست สิงหาคม ",
    "septembra szeptember septembris septembrī septembrie setembre "
    "setyembre septemba září września rujna rugsėjo eylül syyskuuta "
    "syyskuu септември септембра вересня Σεπτεμβρίου σεπτεμβρίου "
    "سبتمبر سپتامبر ספטמבר בספטמבר सितंबर सितम्बर সেপ্টেম্বর ستمبر "
    "กันยายน ",
    "oktobra októbra október oktoober oktobris oktobrī octombrie "
    "oktubre oktoba října października spalio ekim lokakuuta lokakuu "
    "октомври октобра жовтня Οκτωβρίου οκτωβρίου أكتوبر اكتوبر اکتبر "
    "אוקטובר באוקטובר अक्टूबर अक्तूबर অক্টোবর اکتوبر ตุลาคม ",
    "novembra nóvember novembris novembrī noiembrie nobyembre novemba "
    "listopadu listopada studenoga studenog lapkričio kasım "
    "marraskuuta marraskuu ноември новембра листопада Νοεμβρίου "
    "νοεμβρίου نوفمبر نوامبر נובמבר בנובמבר नवंबर नवम्बर নভেম্বর نومبر "
    "พฤศจิกายน ",
    "decembra desember detsember decembris decembrī decembrie desembre "
    "disyembre desemba prosince grudnia prosinca gruodžio aralık "
    "joulukuuta joulukuu декември децембра грудня Δεκεμβρίου "
    "δεκεμβρίου ديسمبر دسامبر דצמבר בדצמבר दिसंबर दिसम्बर ডিসেম্বর "
    "دسمبر ธันวาคม ",
};

/* Nominatives that no genitive above begins with. */
static const struct { const char *name; int month; } other_months[] = {
    { "январь", 1 }, { "февраль", 2 }, { "март", 3 }, { "апрель", 4 },
    { "август", 8 }, { "сентябрь", 9 }, { "октябрь", 10 }, { "ноябрь", 11 },
    { "декабрь", 12 },
};

static const char weekdays[] =
    "monday tuesday wednesday thursday friday saturday sunday tues thur "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles miercoles jueves viernes sábado sabado domingo "
    "lunedì martedì mercoledì giovedì venerdì domenica lunedi martedi "
    "mercoledi giovedi venerdi segunda terça quarta quinta sexta feira "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "понедельник вторник среда среду четверг пятница пятницу суббота субботу "
    "воскресенье пн вт ср чт пт сб вс ";

/* These match whole. */
static const char more_weekdays[] =
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag lørdag søndag "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí "
    "úterý středa čtvrtek pátek neděle pazartesi salı çarşamba perşembe cuma "
    "cumartesi pazar luni marți miercuri joi vineri sâmbătă duminică hétfő "
    "kedd szerda csütörtök péntek szombat vasárnap maanantai maanantaina "
    "tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai "
    "perjantaina lauantai lauantaina sunnuntai sunnuntaina senin selasa rabu "
    "kamis jumat sabtu minggu понеділок вівторок середа четвер субота неділя "
    "Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή الأحد الاثنين "
    "الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت ";

static const char fillers[] =
    "at on of the de del da do di le la las los el à as às a um uhr den der "
    "vom am om uur alle ore h hs hrs kl kl. и в г года год о t and o'clock "
    "klo il em op godz ora orele saat ngày năm pukul р року ";

/* Minutes east of Greenwich.  IST is India's, BST Britain's, CST and the
 * like North America's: the usual reading in the news. */
static const struct { const char *name; int minutes; bool summer; } zones[] = {
    { "z", 0, false }, { "utc", 0, false }, { "gmt", 0, false },
    { "ut", 0, false }, { "wet", 0, false }, { "west", 60, false },
    { "bst", 60, false }, { "cet", 60, false }, { "cest", 120, false },
    { "mez", 60, false }, { "mesz", 120, false }, { "eet", 120, false },
    { "eest", 180, false }, { "msk", 180, false }, { "мск", 180, false },
    { "trt", 180, false }, { "sast", 120, false }, { "eat", 180, false },
    { "gst", 240, false }, { "pkt", 300, false }, { "ist", 330, false },
    { "ict", 420, false }, { "wib", 420, false }, { "hkt", 480, false },
    { "sgt", 480, false }, { "awst", 480, false }, { "jst", 540, false },
    { "kst", 540, false }, { "acst", 570, false }, { "aest", 600, false },
    { "aedt", 660, false }, { "nzst", 720, false }, { "nzdt", 780, false },
    { "nst", -210, false }, { "ndt", -150, false }, { "brt", -180, false },
    { "art", -180, false }, { "ast", -240, false }, { "adt", -180, false },
    { "est", -300, false }, { "edt", -240, false }, { "et", -300, true },
    { "cst", -360, false }, { "cdt", -300, false }, { "ct", -360, true },
    { "mst", -420, false }, { "mdt", -360, false }, { "mt", -420, true },
    { "pst", -480, false }, { "pdt", -420, false }, { "pt", -480, true },
    { "akst", -540, false }, { "akdt", -480, false }, { "hst", -600, false },
};

/* Characters, not bytes: a Cyrillic letter takes two bytes. */
static size_t letters(struct bytes word)
{
    size_t count = 0;

    for (size_t i = 0; i < word.len; i++)
        count += (word.data[i] & 0xc0) != 0x80;
    return count;
}

/* Whether a name of the blank-ended list is the word, or begins with it
 * where the word has at least `least` letters. */
static bool in_list(const char *list, struct bytes word, size_t least)
{
    bool cut = least && letters(word) >= least;

    for (const char *at = list; *at; at = strchr(at, ' ') + 1)
        if (strncmp(at, (const char *)word.data, word.len) == 0 &&
            (cut || at[word.len] == ' '))
            return true;
    return false;
}

int date_word_month(struct bytes word)
{
    for (int month = 0; month < 12; month++)
        if (in_list(months[month], word, 0))
            return month + 1;
    for (int month = 0; month < 12; month++)
        if (in_list(whole_months[month], word, 0))
            return month + 1;
    for (int month = 0; month < 12; month++)
        if (in_list(months[month], word, 3))
            return month + 1;
    for (size_t i = 0; i < sizeof(other_months) / sizeof(*other_months); i++)
        if (bytes_equal(word, bytes_str(other_months[i].name)))
            return other_months[i].month;
    return 0;
}

bool date_word_weekday(struct bytes word)
{
    return in_list(weekdays, word, 2) || in_list(more_weekdays, word, 0);
}

bool date_word_filler(struct bytes word)
{
    return in_list(fillers, word, 0);
}

bool date_word_zone(int *minutes, bool *summer, struct bytes word)
{
    for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
        if (bytes_equal(word, bytes_str(zones[i].name))) {
            *minutes = zones[i].minutes;
            *summer = zones[i].summer;
            return true;
        }
    return false;
}
