/* quote_words_ru.c -- Russian and Czech: who says what, by which words. */
#include "indexer/enrich/quote_words_tables.h"

const struct quote_group quote_words_ru[] = {
    { QW_TITLE, 0, "россии украины казахстана белоруссии франции германии "
      "сша китая великобритании турции евросоюза оон рф" },
    { QW_CUE | QW_DENY, 80, "опроверг опровергла опровергли отрицает отрицал" },
    { QW_SAY | QW_CUE, 92, "сказал сказала сказали заявил заявила заявили "
      "заявило говорит говорят говорил говорила говорили отметил отметила "
      "отметили отмечают отмечает подчеркнул подчеркнула подчеркивал "
      "подчеркивали подчеркивает добавил добавила сообщил сообщила сообщили "
      "сообщает сообщают утверждает утверждают утверждал утверждала "
      "утверждали утверждаю считает считают пояснил пояснила рассказал "
      "рассказала рассказывает рассказали объяснил объяснила объясняет "
      "напомнил напомнила написал написала пишет писал уверен уверены "
      "признал признала ответил ответила отвечал спросил полагает "
      "разъясняет указал указала предупредил обещал говорится полагают "
      "заметил заметила констатировал признался уточнил уточнила" },
    { QW_ING, 80, "добавив заявив отметив сказав подчеркнув пояснив" },
    { QW_OBJECT, 60, "назвал назвала" },
    { QW_ACC, 93, "по_словам по_мнению по_данным согласно по_информации" },
    { QW_THAT, 0, "что будто чтобы какие как где почему" },
    { QW_HE | QW_PRON, 0, "он" }, { QW_SHE | QW_PRON, 0, "она" },
    { QW_PRON, 0, "они мы я" }, { QW_PRON | QW_NOBODY, 0, "это" },
    { QW_WHO, 0, "который которая" },
    { QW_DET, 0, "один одна некоторые многие этот эта" },
    { QW_DET | QW_HIS, 0, "его ее её их" },
    { QW_PREP, 0, "в во на с со о об по для из к ко от у за до после при" },
    { QW_CONJ, 0, "и но а или" },
    { QW_AUX, 0, "также ранее затем вчера сегодня не сам недавно сейчас "
      "осенью ему ей нам постоянно" },
    { QW_ROLE, 0, "эксперты аналитики власти источники журналисты люди "
      "следователь источник мама папа президент правительство" },
    { QW_TITLE, 0, "президент министр глава" },
    { QW_ABBREV, 0, "г им т д е" },
    { QW_START, 0, "в на после когда если" }, { 0, 0, NULL },
};

const struct quote_group quote_words_cs[] = {
    { QW_CUE | QW_DENY, 80, "popřel popřela odmítl odmítla" },
    { QW_SAY | QW_CUE, 90, "řekl řekla řekli uvedl uvedla uvedli dodal dodala "
      "říká říkají tvrdí tvrdil tvrdila prohlásil prohlásila upozornil "
      "upozornila poznamenal poznamenala konstatoval konstatuje zdůraznil "
      "zdůraznila napsal napsala potvrdil potvrdila vysvětlil vysvětluje "
      "odpověděl dodává oznámil oznámila sdělil sdělila míní soudí "
      "domnívá připomněl charakterizoval" },
    { QW_ACC, 93, "podle" }, { QW_THAT, 0, "že zda" },
    { QW_HE | QW_PRON, 0, "on" }, { QW_SHE | QW_PRON, 0, "ona" },
    { QW_PRON, 0, "oni my já" },
    { QW_PREP, 0, "v ve na s se z ze o k ke do od po pro při za u" },
    { QW_CONJ, 0, "a ale i" },
    { QW_AUX, 0, "také včera dnes pak nám později včerejším jsem skromně" },
    { QW_DET, 0, "jeden jedna někteří ten" },
    { QW_ROLE, 0, "odborníci policie svědek experti zástupce obchodníci" },
    { QW_ABBREV, 0, "str ing dr p" },
    { QW_START, 0, "v na po když při" }, { 0, 0, NULL },
};
